"""The settings of the API, which decide how strictly the mock checks requests."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Settings:
    """How strictly the mock checks requests, and which further paths it answers."""

    as_of: date | None = None
    """The day by which the mock decides whether a model is retired or a path is closed.

    None means the current day.
    """
    exact: bool = False
    """Refuse null, blank strings and values of the wrong type; Kling would interpret them."""
    lenient: bool = False
    """Ignore unknown fields instead of refusing them."""
    requests_per_second: float | None = None
    """How many requests are accepted in a second; further ones get 1302. None: no limit."""
    allow: frozenset[str] = frozenset()
    """Ids of rules that are not enforced; the task fails later instead."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """New paths, or new segments of paths, each with the described path or segment that it
    stands for.

    The rules of the described path do not apply to the new path.
    """

    def __post_init__(self) -> None:
        limit = self.requests_per_second
        if limit is not None and not 0 < limit < math.inf:
            raise ValueError("requests_per_second must be a number above 0, or None")
