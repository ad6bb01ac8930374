"""Read single values of a reply that may have an unexpected type."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kling._tasks.amounts import decimal_of


def object_of(value: object) -> Mapping[str, Any]:
    """Return a JSON object as it is; an empty one for any other value."""
    return value if isinstance(value, Mapping) else {}


def objects_in(value: object) -> list[Mapping[str, Any]]:
    """Return the JSON objects in a list; an empty list for any other value."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text_of(value: object) -> str | None:
    """Return a string as it is; None for any other value."""
    return value if isinstance(value, str) else None


def id_of(value: object) -> str | None:
    """Return an id, which Kling also sends as a number; None for any other value."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else None


def seconds_of(value: object) -> float | None:
    """Return a number of seconds, which Kling also sends as a string; None for any other value."""
    number = decimal_of(value)
    return None if number is None else float(number)


def date_of(milliseconds: object) -> datetime | None:
    """Return the date of a Unix time in milliseconds, which may be a number or a string.

    Return None for any other value, and for a year that Python cannot represent.
    """
    seconds = seconds_of(milliseconds)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
