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

T = TypeVar("T", bound="CommercePriceContent")


@_attrs_define(kw_only=True)
class CommercePriceContent:
    """The price of the goods.

    Attributes:
        type_: Kind of this part.
        text: The price in the words of the presenter, at most 256 characters.
    """

    text: str
    """ The price in the words of the presenter, at most 256 characters. """
    type_: Literal["goods_price"] = "goods_price"
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
        type_ = cast(Literal["goods_price"], d.pop("type"))
        if type_ != "goods_price":
            raise ValueError(f"type must match const 'goods_price', got '{type_}'")

        text = d.pop("text")

        if d:
            raise unknown_field(cls, d)

        commerce_price_content = cls(
            type_=type_,
            text=text,
        )

        return commerce_price_content
