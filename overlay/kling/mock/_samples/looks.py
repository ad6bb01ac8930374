"""What a request says about its result: shape, resolution and length."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

DEFAULT_SECONDS = Decimal(5)
"""The length of a result if the request does not state it."""

RESOLUTION_BY_MODE: Mapping[str, str] = {"std": "720p", "pro": "1080p", "4k": "4k"}
"""The resolution of each mode."""

SHORTEST, LONGEST = Decimal("0.1"), Decimal(300)
"""The limits of the length of a result, in seconds. Lengths are rounded to tenths."""

_RATIO = re.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,3})")
_DEFAULT_RATIO = (16, 9)
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_RESOLUTION = re.compile("([1-9][0-9]{0,3})([pk])", re.IGNORECASE)
# Objects of a body that may state shape, resolution and length. The top level may state them too.
_NESTED_OBJECTS = ("input", "settings")
# Pixels of the longer side of an image for each "k" of its resolution.
_K = 1024
# Pixels of the shorter side of a video in 4k.
_4K = 2160
# The largest number of k of an image, and the largest ratio of its sides.
_MAX_K, _MAX_RATIO = 8, 8


@dataclass(frozen=True, slots=True)
class Look:
    """The shape, resolution and length that a result should have."""

    ratio: tuple[int, int] = _DEFAULT_RATIO
    resolution: str = ""
    seconds: Decimal = DEFAULT_SECONDS

    @classmethod
    def of(cls, body: Mapping[str, Any], seconds: Decimal | None = None) -> "Look":
        """Return what a body requests, with defaults for what it does not state.

        Args:
            body: the body, with Kling's defaults.
            seconds: the length of the result; if None, the length that the body states.
        """
        fields = dict(body)
        for name in _NESTED_OBJECTS:
            nested = body.get(name)
            fields |= nested if isinstance(nested, Mapping) else {}
        match = _RATIO.fullmatch(str(fields.get("aspect_ratio")))
        ratio = (int(match[1]), int(match[2])) if match else _DEFAULT_RATIO
        resolution = fields.get("resolution", RESOLUTION_BY_MODE.get(str(fields.get("mode")), ""))
        if seconds is None:
            length = str(fields.get("duration"))
            seconds = Decimal(length) if _SECONDS.fullmatch(length) else DEFAULT_SECONDS
        tenths = min(seconds, LONGEST).quantize(SHORTEST)
        return cls(ratio, str(resolution), max(tenths, SHORTEST))

    def nearest(self, sizes: Mapping[tuple[int, int], Any]) -> tuple[int, int]:
        """Return the available size that fits best: first by resolution, then by shape.

        Without a requested resolution, it is one of the smallest sizes.

        Args:
            sizes: the available sizes, as width and height.
        """
        match = _RESOLUTION.fullmatch(self.resolution)
        # The shorter side that was requested. It is 0 if no resolution was requested.
        side = int(match[1]) if match else 0
        if self.resolution.lower() == "4k":
            side = _4K
        width, height = self.ratio

        def distance(size: tuple[int, int]) -> tuple[float, float]:
            # These products are equal if the size has the requested shape.
            products = width * size[1], height * size[0]
            return abs(min(size) - side), max(products) / min(products)

        return min(sizes, key=distance)

    def size(self) -> tuple[int, int]:
        """Return the width and height of an image that has this shape.

        If one side should be more than eight times as long as the other, it is eight times as long.
        """
        match = _RESOLUTION.fullmatch(self.resolution)
        is_k = match and match[2].lower() == "k"
        longer = _K * (min(int(match[1]), _MAX_K) if match and is_k else 1)
        width, height = self.ratio
        shorter = max(longer * min(self.ratio) // max(self.ratio), longer // _MAX_RATIO)
        return (longer, shorter) if width >= height else (shorter, longer)
