from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="MultiElementsPreview")


@_attrs_define(kw_only=True)
class MultiElementsPreview:
    """The files of a preview.

    Attributes:
        video: Where to download the video with the marked areas painted over it.
        video_cover: Where to download its cover image.
        tracking_output: Where to download the masks of every frame.
    """

    video: str | Unset = UNSET
    """ Where to download the video with the marked areas painted over it. """
    video_cover: str | Unset = UNSET
    """ Where to download its cover image. """
    tracking_output: str | Unset = UNSET
    """ Where to download the masks of every frame. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        video = self.video

        video_cover = self.video_cover

        tracking_output = self.tracking_output

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if video is not UNSET:
            field_dict["video"] = video
        if video_cover is not UNSET:
            field_dict["video_cover"] = video_cover
        if tracking_output is not UNSET:
            field_dict["tracking_output"] = tracking_output

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video = d.pop("video", UNSET)

        video_cover = d.pop("video_cover", UNSET)

        tracking_output = d.pop("tracking_output", UNSET)

        multi_elements_preview = cls(
            video=video,
            video_cover=video_cover,
            tracking_output=tracking_output,
        )

        multi_elements_preview.additional_properties = d
        return multi_elements_preview

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
