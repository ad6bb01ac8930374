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

T = TypeVar("T", bound="GoodsImageContent")


@_attrs_define(kw_only=True)
class GoodsImageContent:
    """An image of the goods.

    Attributes:
        type_: Kind of this part.
        url: Limits: jpg or jpeg or png or webp, at most 50 MiB, each side at least 300 px, width to height from 0.4
            to 2.5.
    """

    url: str
    """ Limits: jpg or jpeg or png or webp, at most 50 MiB, each side at least 300 px, width to height from 0.4 to
    2.5. """
    type_: Literal["ref_image"] = "ref_image"
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
        type_ = cast(Literal["ref_image"], d.pop("type"))
        if type_ != "ref_image":
            raise ValueError(f"type must match const 'ref_image', got '{type_}'")

        url = d.pop("url")

        if d:
            raise unknown_field(cls, d)

        goods_image_content = cls(
            type_=type_,
            url=url,
        )

        return goods_image_content
