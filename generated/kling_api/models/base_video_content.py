from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="BaseVideoContent")


@_attrs_define(kw_only=True)
class BaseVideoContent:
    """A video to edit; the prompt says how.

    Attributes:
        type_: Kind of this part.
        url: The video. It has 3 to 15.5 s, 24 to 60 frames a second, sides of 700 to 4553 px, at most 8294400 px in
            all, and a ratio of width to height of 0.4 to 2.
            Limits: mp4 or mov, at most 200 MiB, each side at least 700 px, at most 4553 px, at most 8294400 px in
            all, 24 to 60 frames a second, width to height from 0.4 to 2, 3 to 15.5 s.
        id: Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
            Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the
            prompt (gmail and anna@gmail.com).
    """

    url: str
    """ The video. It has 3 to 15.5 s, 24 to 60 frames a second, sides of 700 to 4553 px, at most 8294400 px in all,
    and a ratio of width to height of 0.4 to 2.
    Limits: mp4 or mov, at most 200 MiB, each side at least 700 px, at most 4553 px, at most 8294400 px in all, 24
    to 60 frames a second, width to height from 0.4 to 2, 3 to 15.5 s. """
    type_: Literal["base_video"] = "base_video"
    """ Kind of this part. """
    id: str | Unset = UNSET
    """ Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
    Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the prompt
    (gmail and anna@gmail.com). """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        url = self.url

        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "url": url,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["base_video"], d.pop("type"))
        if type_ != "base_video":
            raise ValueError(f"type must match const 'base_video', got '{type_}'")

        url = d.pop("url")

        id = d.pop("id", UNSET)

        if d:
            raise unknown_field(cls, d)

        base_video_content = cls(
            type_=type_,
            url=url,
            id=id,
        )

        return base_video_content
