from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="VideoContent")


@_attrs_define(kw_only=True)
class VideoContent:
    """The motion reference, a video whose movement the character copies.

    Attributes:
        type_: Kind of this part.
        url: The video. It has sides of 340 to 3850 px, and 3 to 30 s, but at most 10 s with character_orientation
            image.
            Limits: mp4 or mov, at most 100 MiB, each side at least 340 px, at most 3850 px, 3 to 30 s.
    """

    url: str
    """ The video. It has sides of 340 to 3850 px, and 3 to 30 s, but at most 10 s with character_orientation image.
    Limits: mp4 or mov, at most 100 MiB, each side at least 340 px, at most 3850 px, 3 to 30 s. """
    type_: Literal["video"] = "video"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        url = self.url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "url": url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["video"], d.pop("type"))
        if type_ != "video":
            raise ValueError(f"type must match const 'video', got '{type_}'")

        url = d.pop("url")

        if d:
            raise unknown_field(cls, d)

        video_content = cls(
            type_=type_,
            url=url,
        )

        return video_content
