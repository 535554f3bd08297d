"""What people open: the quarterly report of the ministry and published notebooks. Reads the marts, writes files, judges nothing."""

from pipelines.reports.quarter import write_report

__all__ = ["write_report"]
