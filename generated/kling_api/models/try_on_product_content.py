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

T = TypeVar("T", bound="TryOnProductContent")


@_attrs_define(kw_only=True)
class TryOnProductContent:
    """The garment.

    Attributes:
        type_: Kind of this part.
        url: Limits: jpg or jpeg or png or webp, at most 10 MiB, each side at least 301 px, at most 2048 px.
    """

    url: str
    """ Limits: jpg or jpeg or png or webp, at most 10 MiB, each side at least 301 px, at most 2048 px. """
    type_: Literal["product_image"] = "product_image"
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
        type_ = cast(Literal["product_image"], d.pop("type"))
        if type_ != "product_image":
            raise ValueError(f"type must match const 'product_image', got '{type_}'")

        url = d.pop("url")

        if d:
            raise unknown_field(cls, d)

        try_on_product_content = cls(
            type_=type_,
            url=url,
        )

        return try_on_product_content
