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

T = TypeVar("T", bound="ApparelSourceVideoContent")


@_attrs_define(kw_only=True)
class ApparelSourceVideoContent:
    """The reference video.

    Attributes:
        type_: Kind of this part.
        url: The video. It has 5 to 180 s, sides of 576 to 4553 px, and at most 8294400 px in all. The result is
            about as long.
            Limits: mp4 or mov, at most 100 MiB, each side at least 576 px, at most 4553 px, at most 8294400 px in
            all, 24 to 60 frames a second, width to height from 0.4 to 2, 5 to 180 s.
    """

    url: str
    """ The video. It has 5 to 180 s, sides of 576 to 4553 px, and at most 8294400 px in all. The result is about as
    long.
    Limits: mp4 or mov, at most 100 MiB, each side at least 576 px, at most 4553 px, at most 8294400 px in all, 24
    to 60 frames a second, width to height from 0.4 to 2, 5 to 180 s. """
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

        apparel_source_video_content = cls(
            type_=type_,
            url=url,
        )

        return apparel_source_video_content
