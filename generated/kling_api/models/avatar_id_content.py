from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define

from ..models.commerce_avatar import CommerceAvatar, check_commerce_avatar
from ..types import shown, unknown_field

T = TypeVar("T", bound="AvatarIdContent")


@_attrs_define(kw_only=True)
class AvatarIdContent:
    """One of Kling's presenters, with a voice.

    Attributes:
        type_: Kind of this part.
        text: One of Kling's presenters, by name and look.
    """

    text: CommerceAvatar
    """ One of Kling's presenters, by name and look. """
    type_: Literal["avatar_id"] = "avatar_id"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        text: str = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["avatar_id"], d.pop("type"))
        if type_ != "avatar_id":
            raise ValueError(f"type must match const 'avatar_id', got '{type_}'")

        text = check_commerce_avatar(d.pop("text"))

        if d:
            raise unknown_field(cls, d)

        avatar_id_content = cls(
            type_=type_,
            text=text,
        )

        return avatar_id_content
