"""The rows of `bench`, and how they are printed."""

import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

# Ratios are noisy if their interquartile range is wider than this share of their median.
WIDEST = 0.3
# Fewer ratios than this are never noisy, because their range says nothing.
FEWEST = 10

Pairs = Sequence[Sequence[float]]


class Row(NamedTuple):
    """A row with a ratio."""

    what: str
    pairs: Pairs
    """The baseline and the measured value: seconds, bytes or counts."""
    bound: float | None = None
    binding: bool = True
    """Whether the run fails when the ratio exceeds the bound."""
    baseline: str = "the same in httpx"
    shown: Callable[[float], str] | None = None
    """Formats a figure; None formats seconds."""

    @property
    def ratios(self) -> list[float]:
        """The ratio of each pair."""
        return [measured / base for base, measured in self.pairs]

    @property
    def over(self) -> bool:
        """Whether the ratio exceeds the bound."""
        return self.bound is not None and statistics.median(self.ratios) > self.bound

    @property
    def noisy(self) -> bool:
        """Whether the ratios vary too much to be compared with the bound."""
        if len(self.ratios) < FEWEST:
            return False
        lower_quartile, median, upper_quartile = statistics.quantiles(self.ratios, n=4)
        return upper_quartile - lower_quartile > WIDEST * median

    @property
    def breaks(self) -> bool:
        """Whether the run fails because of this row."""
        return self.binding and self.over and not self.noisy

    @property
    def verdict(self) -> str:
        """The word that the table shows for its bound."""
        if self.bound is None:
            return ""
        if not self.over:
            return "ok"
        return "noisy" if self.noisy else "over"

    def __str__(self) -> str:
        base, measured = (statistics.median(column) for column in zip(*self.pairs, strict=True))
        bound = "" if self.bound is None else f"{self.bound:.2f}"
        shown = self.shown or duration
        return line(
            self.what,
            self.baseline,
            shown(base),
            shown(measured),
            f"{statistics.median(self.ratios):.2f}",
            f"{min(self.ratios):.2f}..{max(self.ratios):.2f}",
            # A bound in brackets does not make the run fail.
            bound if self.binding or not bound else f"({bound})",
            self.verdict,
        )


class NotMeasured(NamedTuple):
    """A row without figures."""

    what: str
    reason: str

    def __str__(self) -> str:
        return line(self.what, self.reason)


def line(*cells: str) -> str:
    """Return a line of the table."""
    widths = (32, 17, 9, 9, 5, 12, 6, 4)
    words = [f"{cell:<{width}}" for cell, width in zip(cells[:2], widths, strict=False)]
    figures = [f"{cell:>{width}}" for cell, width in zip(cells[2:], widths[2:], strict=False)]
    return "  ".join([*words, *figures]).rstrip()


def duration(seconds: float) -> str:
    """Return seconds as text."""
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"


def megabytes(count: float) -> str:
    """Return bytes as text."""
    return f"{count / 1e6:.1f} MB"
