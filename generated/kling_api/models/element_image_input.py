from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="ElementImageInput")


@_attrs_define(kw_only=True)
class ElementImageInput:
    """One more image of an element.

    Attributes:
        image_url: The image, a URL or bare base64.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
    """

    image_url: str
    """ The image, a URL or bare base64.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image_url": image_url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url")

        if d:
            raise unknown_field(cls, d)

        element_image_input = cls(
            image_url=image_url,
        )

        return element_image_input
