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

T = TypeVar("T", bound="LastFrameContent")


@_attrs_define(kw_only=True)
class LastFrameContent:
    """The end frame, the image that the video ends with.

    Attributes:
        type_: Kind of this part.
        url: Limits: jpg or jpeg or png, at most 50 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
        id: Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
            Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the
            prompt (gmail and anna@gmail.com).
    """

    url: str
    """ Limits: jpg or jpeg or png, at most 50 MiB, each side at least 300 px, width to height from 0.4 to 2.5. """
    type_: Literal["last_frame"] = "last_frame"
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
        type_ = cast(Literal["last_frame"], d.pop("type"))
        if type_ != "last_frame":
            raise ValueError(f"type must match const 'last_frame', got '{type_}'")

        url = d.pop("url")

        id = d.pop("id", UNSET)

        if d:
            raise unknown_field(cls, d)

        last_frame_content = cls(
            type_=type_,
            url=url,
            id=id,
        )

        return last_frame_content
