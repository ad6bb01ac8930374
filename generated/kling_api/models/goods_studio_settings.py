from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.goods_studio_aspect_ratio import (
    GoodsStudioAspectRatio,
    check_goods_studio_aspect_ratio,
)
from ..models.goods_studio_seconds import GoodsStudioSeconds, check_goods_studio_seconds
from ..models.solution_resolution import SolutionResolution, check_solution_resolution
from ..types import shown, unknown_field

T = TypeVar("T", bound="GoodsStudioSettings")


@_attrs_define(kw_only=True)
class GoodsStudioSettings:
    """Settings for the video.

    Attributes:
        resolution: Resolution of the video, 720p or 1080p. Write it in lower case, because other paths of the current
            standard refuse 720P.
        aspect_ratio: Width to height of the video.
        duration: Length of the video in seconds.
    """

    resolution: SolutionResolution
    """ Resolution of the video, 720p or 1080p. Write it in lower case, because other paths of the current standard
    refuse 720P. """
    aspect_ratio: GoodsStudioAspectRatio
    """ Width to height of the video. """
    duration: GoodsStudioSeconds
    """ Length of the video in seconds. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        resolution: str = self.resolution

        aspect_ratio: str = self.aspect_ratio

        duration: int = self.duration

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "resolution": resolution,
                "aspect_ratio": aspect_ratio,
                "duration": duration,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        resolution = check_solution_resolution(d.pop("resolution"))

        aspect_ratio = check_goods_studio_aspect_ratio(d.pop("aspect_ratio"))

        duration = check_goods_studio_seconds(d.pop("duration"))

        if d:
            raise unknown_field(cls, d)

        goods_studio_settings = cls(
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            duration=duration,
        )

        return goods_studio_settings
