from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ElementImages")


@_attrs_define(kw_only=True)
class ElementImages:
    """The images of an element.

    Attributes:
        frontal_image: Where to download the front view.
        refer_images: The other images.
    """

    frontal_image: str | Unset = UNSET
    """ Where to download the front view. """
    refer_images: list[ElementImage] | Unset = UNSET
    """ The other images. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        frontal_image = self.frontal_image

        refer_images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.refer_images, Unset):
            refer_images = []
            for refer_images_item_data in self.refer_images:
                refer_images_item = refer_images_item_data.to_dict()
                refer_images.append(refer_images_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if frontal_image is not UNSET:
            field_dict["frontal_image"] = frontal_image
        if refer_images is not UNSET:
            field_dict["refer_images"] = refer_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        frontal_image = d.pop("frontal_image", UNSET)

        _refer_images = d.pop("refer_images", UNSET)
        refer_images: list[ElementImage] | Unset = UNSET
        if _refer_images is not None and _refer_images is not UNSET:
            refer_images = []
            for refer_images_item_data in _refer_images:
                refer_images_item = ElementImage.from_dict(refer_images_item_data)

                refer_images.append(refer_images_item)

        element_images = cls(
            frontal_image=frontal_image,
            refer_images=refer_images,
        )

        element_images.additional_properties = d
        return element_images

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


from ..models.element_image import ElementImage
