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

T = TypeVar("T", bound="CommerceSellingPointContent")


@_attrs_define(kw_only=True)
class CommerceSellingPointContent:
    """A selling point of the goods. Send one part for each point.

    Attributes:
        type_: Kind of this part.
        text: The point, at most 500 characters.
    """

    text: str
    """ The point, at most 500 characters. """
    type_: Literal["goods_selling_point"] = "goods_selling_point"
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
        type_ = cast(Literal["goods_selling_point"], d.pop("type"))
        if type_ != "goods_selling_point":
            raise ValueError(
                f"type must match const 'goods_selling_point', got '{type_}'"
            )

        text = d.pop("text")

        if d:
            raise unknown_field(cls, d)

        commerce_selling_point_content = cls(
            type_=type_,
            text=text,
        )

        return commerce_selling_point_content
