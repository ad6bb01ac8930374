"""Downloading the results of tasks: resuming one file, and fetching several at a time."""

from kling._files.in_memory import DEFAULT_MAX_READ, read_results
from kling._files.many_files import (
    DEFAULT_AT_ONCE,
    AsyncDownloads,
    DownloadPlan,
    Downloads,
    OnProgress,
    Progress,
)

__all__ = [
    "AsyncDownloads",
    "DEFAULT_AT_ONCE",
    "DEFAULT_MAX_READ",
    "Downloads",
    "OnProgress",
    "DownloadPlan",
    "Progress",
    "read_results",
]
