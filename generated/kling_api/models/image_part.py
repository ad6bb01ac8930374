from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.image_part_type import ImagePartType, check_image_part_type
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ImagePart")


@_attrs_define(kw_only=True)
class ImagePart:
    """One part of an image.

    Attributes:
        type_: Which part it is.
            object_seg is the main object, head_seg is the head with the hair, face_seg is the face without the
            hair, and cloth_seg is the clothes.
            Kling may add values.
        is_contain: Whether the image has such a part.
        url: Where to download the part, cut out; deleted after 30 days.
    """

    type_: ImagePartType | Unset = UNSET
    """ Which part it is.
    object_seg is the main object, head_seg is the head with the hair, face_seg is the face without the hair, and
    cloth_seg is the clothes.
    Kling may add values. """
    is_contain: bool | Unset = UNSET
    """ Whether the image has such a part. """
    url: str | Unset = UNSET
    """ Where to download the part, cut out; deleted after 30 days. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        is_contain = self.is_contain

        url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if is_contain is not UNSET:
            field_dict["is_contain"] = is_contain
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _type_ = d.pop("type", UNSET)
        type_: ImagePartType | Unset
        if _type_ is None or isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_image_part_type(_type_)

        is_contain = d.pop("is_contain", UNSET)

        url = d.pop("url", UNSET)

        image_part = cls(
            type_=type_,
            is_contain=is_contain,
            url=url,
        )

        image_part.additional_properties = d
        return image_part

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
