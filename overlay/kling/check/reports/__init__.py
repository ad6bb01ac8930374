"""The report of a check: as text for a terminal, as HTML, as JUnit XML, and as JSON."""

from kling.check.reports.html_report import html
from kling.check.reports.json_report import as_json
from kling.check.reports.junit_report import junit
from kling.check.reports.text_report import terminal

__all__ = ["as_json", "html", "junit", "terminal"]
