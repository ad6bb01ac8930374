from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ImageRecognitionResult")


@_attrs_define(kw_only=True)
class ImageRecognitionResult:
    """The parts of an image.

    Attributes:
        images: The parts, one of each kind.
    """

    images: list[ImagePart] | Unset = UNSET
    """ The parts, one of each kind. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.images, Unset):
            images = []
            for images_item_data in self.images:
                images_item = images_item_data.to_dict()
                images.append(images_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if images is not UNSET:
            field_dict["images"] = images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _images = d.pop("images", UNSET)
        images: list[ImagePart] | Unset = UNSET
        if _images is not None and _images is not UNSET:
            images = []
            for images_item_data in _images:
                images_item = ImagePart.from_dict(images_item_data)

                images.append(images_item)

        image_recognition_result = cls(
            images=images,
        )

        image_recognition_result.additional_properties = d
        return image_recognition_result

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


from ..models.image_part import ImagePart
