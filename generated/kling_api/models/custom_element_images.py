from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="CustomElementImages")


@_attrs_define(kw_only=True)
class CustomElementImages:
    """The images of an element.

    Attributes:
        frontal_image: The element from the front, a URL or bare base64.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        refer_images: Other angles and close-ups. One image is enough; Kling has even accepted the frontal image a second
            time.
    """

    frontal_image: str
    """ The element from the front, a URL or bare base64.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    refer_images: list[ElementImageInput]
    """ Other angles and close-ups. One image is enough; Kling has even accepted the frontal image a second time.
    """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        frontal_image = self.frontal_image

        refer_images = []
        for refer_images_item_data in self.refer_images:
            refer_images_item = refer_images_item_data.to_dict()
            refer_images.append(refer_images_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "frontal_image": frontal_image,
                "refer_images": refer_images,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        frontal_image = d.pop("frontal_image")

        refer_images = []
        _refer_images = d.pop("refer_images")
        for refer_images_item_data in _refer_images:
            refer_images_item = ElementImageInput.from_dict(refer_images_item_data)

            refer_images.append(refer_images_item)

        if d:
            raise unknown_field(cls, d)

        custom_element_images = cls(
            frontal_image=frontal_image,
            refer_images=refer_images,
        )

        return custom_element_images


from ..models.element_image_input import ElementImageInput
