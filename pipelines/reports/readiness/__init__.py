"""Readiness lists for people: a page in Persian and English, and a table for universities and vendors.

Belongs here: what may be shown of a list, its page and its CSV. Does not: choosing the days and counting (given by whoever calls).
"""

from pipelines.reports.readiness.numbers import numbers
from pipelines.reports.readiness.page import write_page
from pipelines.reports.readiness.table import write_csv

__all__ = ["numbers", "write_csv", "write_page"]
