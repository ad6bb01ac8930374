"""What a request says about its result: shape, resolution and length."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

USUAL_SECONDS = Decimal(5)
"""The length of a result if the request does not state it."""

QUALITIES: Mapping[str, str] = {"std": "720p", "pro": "1080p", "4k": "4k"}
"""The resolution of each mode."""

SHORTEST, LONGEST = Decimal("0.1"), Decimal(300)
"""The limits of the length of a result, in seconds. Lengths are rounded to tenths."""

_RATIO = re.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,3})")
_USUAL_RATIO = (16, 9)
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_RESOLUTION = re.compile("([1-9][0-9]{0,3})([pk])", re.IGNORECASE)
# Besides the top level of a body, these objects may state shape, resolution and length.
_PARTS = ("input", "settings")
# Pixels of the longer side of an image for each "k" of its resolution.
_K = 1024
# Pixels of the shorter side of a video in 4k.
_4K = 2160
# The largest number of k of an image, and the largest ratio of its sides.
_LARGEST_K, _THINNEST = 8, 8


@dataclass(frozen=True, slots=True)
class Look:
    """The shape, resolution and length that a result should have."""

    ratio: tuple[int, int] = _USUAL_RATIO
    resolution: str = ""
    seconds: Decimal = USUAL_SECONDS

    @classmethod
    def of(cls, asked: Mapping[str, Any], seconds: Decimal | None = None) -> "Look":
        """Return what a body asks for, with defaults for what it does not state.

        Args:
            asked: the body, with Kling's defaults.
            seconds: the length of the result; if None, the length that the body states.
        """
        said = dict(asked)
        for name in _PARTS:
            part = asked.get(name)
            said |= part if isinstance(part, Mapping) else {}
        match = _RATIO.fullmatch(str(said.get("aspect_ratio")))
        ratio = (int(match[1]), int(match[2])) if match else _USUAL_RATIO
        resolution = said.get("resolution", QUALITIES.get(str(said.get("mode")), ""))
        if seconds is None:
            length = str(said.get("duration"))
            seconds = Decimal(length) if _SECONDS.fullmatch(length) else USUAL_SECONDS
        tenths = min(seconds, LONGEST).quantize(SHORTEST)
        return cls(ratio, str(resolution), max(tenths, SHORTEST))

    def nearest(self, sizes: Mapping[tuple[int, int], Any]) -> tuple[int, int]:
        """Return the available size that fits best: first by resolution, then by shape.

        Args:
            sizes: the available sizes, as width and height.
        """
        match = _RESOLUTION.fullmatch(self.resolution)
        side = _4K if self.resolution.lower() == "4k" else int(match[1]) if match else 0
        width, height = self.ratio

        def distance(size: tuple[int, int]) -> tuple[float, float]:
            one, other = width * size[1], height * size[0]
            return abs(min(size) - side), max(one, other) / min(one, other)

        return min(sizes, key=distance)

    def size(self) -> tuple[int, int]:
        """Return the width and height of an image that has exactly this shape."""
        match = _RESOLUTION.fullmatch(self.resolution)
        is_k = match and match[2].lower() == "k"
        longer = _K * (min(int(match[1]), _LARGEST_K) if match and is_k else 1)
        width, height = self.ratio
        shorter = max(longer * min(self.ratio) // max(self.ratio), longer // _THINNEST)
        return (longer, shorter) if width >= height else (shorter, longer)
