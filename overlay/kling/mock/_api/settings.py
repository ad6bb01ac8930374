"""The settings of the API: what differs from Kling today, and how strictly requests are judged."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from Kling today, and how strictly requests are judged."""

    as_of: date | None = None
    """The day whose retired models and closed paths apply; today if None."""
    exact: bool = False
    """Refuse values of the wrong type, null and blank strings; Kling would interpret them."""
    lenient: bool = False
    """Ignore unknown fields instead of refusing them."""
    requests_per_second: float | None = None
    """Refuse faster requests with 1302; None for no limit."""
    allow: frozenset[str] = frozenset()
    """Ids of rules that are not enforced; the task fails later instead."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Paths or segments, each with the described one that it stands for; no rules apply to them."""

    def __post_init__(self) -> None:
        limit = self.requests_per_second
        if limit is not None and not 0 < limit < math.inf:
            raise ValueError("requests_per_second must be a number above 0, or None")
