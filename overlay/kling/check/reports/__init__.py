"""A report for people on a terminal or in a browser, and for programs as JUnit or JSON."""

from kling.check.reports.json_form import as_json
from kling.check.reports.junit import junit
from kling.check.reports.page import html
from kling.check.reports.terminal import terminal

__all__ = ["as_json", "html", "junit", "terminal"]
