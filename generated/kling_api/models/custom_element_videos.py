from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="CustomElementVideos")


@_attrs_define(kw_only=True)
class CustomElementVideos:
    """The video of an element.

    Attributes:
        refer_videos: One video.
    """

    refer_videos: list[CustomElementVideo]
    """ One video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        refer_videos = []
        for refer_videos_item_data in self.refer_videos:
            refer_videos_item = refer_videos_item_data.to_dict()
            refer_videos.append(refer_videos_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "refer_videos": refer_videos,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        refer_videos = []
        _refer_videos = d.pop("refer_videos")
        for refer_videos_item_data in _refer_videos:
            refer_videos_item = CustomElementVideo.from_dict(refer_videos_item_data)

            refer_videos.append(refer_videos_item)

        if d:
            raise unknown_field(cls, d)

        custom_element_videos = cls(
            refer_videos=refer_videos,
        )

        return custom_element_videos


from ..models.custom_element_video import CustomElementVideo
