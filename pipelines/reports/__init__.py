"""What people open: the quarterly report of the ministry and published notebooks. Reads the marts, writes files, judges nothing."""

from pipelines.reports.publish import lab_settings, publish_notebook
from pipelines.reports.quarter import write_report

__all__ = ["lab_settings", "publish_notebook", "write_report"]
