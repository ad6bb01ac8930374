"""To be written."""

from kling.check.inquiry import Inquiry


def check(inquiry: Inquiry) -> None:
    """To be written."""
    del inquiry
