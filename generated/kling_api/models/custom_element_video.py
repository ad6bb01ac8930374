from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="CustomElementVideo")


@_attrs_define(kw_only=True)
class CustomElementVideo:
    """A video of an element.

    Attributes:
        video_url: A realistic human figure, in 1080p, 16:9 or 9:16, a URL.
            If the video has a human voice, Kling also makes a voice from it. One user never saw that happen
            (February 2026).
            Limits: mp4 or mov, at most 200 MiB, 3 to 8 s.
    """

    video_url: str
    """ A realistic human figure, in 1080p, 16:9 or 9:16, a URL.
    If the video has a human voice, Kling also makes a voice from it. One user never saw that happen (February
    2026).
    Limits: mp4 or mov, at most 200 MiB, 3 to 8 s. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        video_url = self.video_url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_url": video_url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_url = d.pop("video_url")

        if d:
            raise unknown_field(cls, d)

        custom_element_video = cls(
            video_url=video_url,
        )

        return custom_element_video
