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

T = TypeVar("T", bound="DramaVideoContent")


@_attrs_define(kw_only=True)
class DramaVideoContent:
    """The video, which must have a video track and an audio track. Kling recommends MP4 with H.264 and AAC.

    Attributes:
        type_: Kind of this part.
        url: The video, at most 300 s; any format that Kling can decode.
            Limits: at most 500 MiB, 0 to 300 s.
    """

    url: str
    """ The video, at most 300 s; any format that Kling can decode.
    Limits: at most 500 MiB, 0 to 300 s. """
    type_: Literal["source_video"] = "source_video"
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
        type_ = cast(Literal["source_video"], d.pop("type"))
        if type_ != "source_video":
            raise ValueError(f"type must match const 'source_video', got '{type_}'")

        url = d.pop("url")

        if d:
            raise unknown_field(cls, d)

        drama_video_content = cls(
            type_=type_,
            url=url,
        )

        return drama_video_content
