from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.apparel_aspect_ratio import ApparelAspectRatio, check_apparel_aspect_ratio
from ..models.solution_resolution import SolutionResolution, check_solution_resolution
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ApparelReplicationSettings")


@_attrs_define(kw_only=True)
class ApparelReplicationSettings:
    """Settings for the video.

    Attributes:
        resolution: Kling's default: `720p`.
            Resolution of the video, 720p or 1080p. Write it in lower case, because other paths of the current
            standard refuse 720P.
        aspect_ratio: Width to height of the video. The default is the aspect ratio of the reference video.
    """

    resolution: SolutionResolution | Unset = UNSET
    """ Kling's default: `720p`.
    Resolution of the video, 720p or 1080p. Write it in lower case, because other paths of the current standard
    refuse 720P. """
    aspect_ratio: ApparelAspectRatio | Unset = UNSET
    """ Width to height of the video. The default is the aspect ratio of the reference video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _resolution = d.pop("resolution", UNSET)
        resolution: SolutionResolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_solution_resolution(_resolution)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: ApparelAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_apparel_aspect_ratio(_aspect_ratio)

        if d:
            raise unknown_field(cls, d)

        apparel_replication_settings = cls(
            resolution=resolution,
            aspect_ratio=aspect_ratio,
        )

        return apparel_replication_settings
