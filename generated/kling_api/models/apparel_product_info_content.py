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

T = TypeVar("T", bound="ApparelProductInfoContent")


@_attrs_define(kw_only=True)
class ApparelProductInfoContent:
    """A description of the product. In the sketch on Kling's page it is empty, but the table on that page says that it is
    required.

    Attributes:
        type_: Kind of this part.
        text: What the product is, at most 2500 characters.
    """

    text: str
    """ What the product is, at most 2500 characters. """
    type_: Literal["product_info"] = "product_info"
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
        type_ = cast(Literal["product_info"], d.pop("type"))
        if type_ != "product_info":
            raise ValueError(f"type must match const 'product_info', got '{type_}'")

        text = d.pop("text")

        if d:
            raise unknown_field(cls, d)

        apparel_product_info_content = cls(
            type_=type_,
            text=text,
        )

        return apparel_product_info_content
