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

T = TypeVar("T", bound="ApparelModelImageContent")


@_attrs_define(kw_only=True)
class ApparelModelImageContent:
    """An image of the person who is to wear the garment. Without such an image, the person in the reference video wears
    it.

    Attributes:
        type_: Kind of this part.
        url: Limits: jpg or jpeg or png or webp, at most 50 MiB, each side at least 300 px, width to height from 0.4
            to 2.5.
    """

    url: str
    """ Limits: jpg or jpeg or png or webp, at most 50 MiB, each side at least 300 px, width to height from 0.4 to
    2.5. """
    type_: Literal["model_image"] = "model_image"
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
        type_ = cast(Literal["model_image"], d.pop("type"))
        if type_ != "model_image":
            raise ValueError(f"type must match const 'model_image', got '{type_}'")

        url = d.pop("url")

        if d:
            raise unknown_field(cls, d)

        apparel_model_image_content = cls(
            type_=type_,
            url=url,
        )

        return apparel_model_image_content
