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

T = TypeVar("T", bound="UnusedImageContent")


@_attrs_define(kw_only=True)
class UnusedImageContent:
    """An image that Kling accepts but does not use. Write refer_image instead.

    Attributes:
        type_: Kind of this part.
        url: The image.
        id: Your name for this part.
    """

    type_: Literal["image"] = "image"
    """ Kind of this part. """
    url: str | Unset = UNSET
    """ The image. """
    id: str | Unset = UNSET
    """ Your name for this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        url = self.url

        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
            }
        )
        if url is not UNSET:
            field_dict["url"] = url
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["image"], d.pop("type"))
        if type_ != "image":
            raise ValueError(f"type must match const 'image', got '{type_}'")

        url = d.pop("url", UNSET)

        id = d.pop("id", UNSET)

        if d:
            raise unknown_field(cls, d)

        unused_image_content = cls(
            type_=type_,
            url=url,
            id=id,
        )

        return unused_image_content
