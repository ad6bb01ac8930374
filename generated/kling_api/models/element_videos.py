from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ElementVideos")


@_attrs_define(kw_only=True)
class ElementVideos:
    """The video of an element.

    Attributes:
        refer_videos: The video.
    """

    refer_videos: list[ElementVideo] | Unset = UNSET
    """ The video. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        refer_videos: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.refer_videos, Unset):
            refer_videos = []
            for refer_videos_item_data in self.refer_videos:
                refer_videos_item = refer_videos_item_data.to_dict()
                refer_videos.append(refer_videos_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if refer_videos is not UNSET:
            field_dict["refer_videos"] = refer_videos

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _refer_videos = d.pop("refer_videos", UNSET)
        refer_videos: list[ElementVideo] | Unset = UNSET
        if _refer_videos is not None and _refer_videos is not UNSET:
            refer_videos = []
            for refer_videos_item_data in _refer_videos:
                refer_videos_item = ElementVideo.from_dict(refer_videos_item_data)

                refer_videos.append(refer_videos_item)

        element_videos = cls(
            refer_videos=refer_videos,
        )

        element_videos.additional_properties = d
        return element_videos

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


from ..models.element_video import ElementVideo
