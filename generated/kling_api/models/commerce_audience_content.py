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

T = TypeVar("T", bound="CommerceAudienceContent")


@_attrs_define(kw_only=True)
class CommerceAudienceContent:
    """A group of people that the goods are for. Send one part for each group.

    Attributes:
        type_: Kind of this part.
        text: The group, at most 200 characters.
    """

    text: str
    """ The group, at most 200 characters. """
    type_: Literal["goods_target_audience"] = "goods_target_audience"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        text = self.text

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
        type_ = cast(Literal["goods_target_audience"], d.pop("type"))
        if type_ != "goods_target_audience":
            raise ValueError(
                f"type must match const 'goods_target_audience', got '{type_}'"
            )

        text = d.pop("text")

        if d:
            raise unknown_field(cls, d)

        commerce_audience_content = cls(
            type_=type_,
            text=text,
        )

        return commerce_audience_content
