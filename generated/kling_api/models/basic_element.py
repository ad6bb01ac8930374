from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="BasicElement")


@_attrs_define(kw_only=True)
class BasicElement:
    """An element of the older library.

    Attributes:
        element_id: Id of the element, a whole number of up to 18 digits.
        element_name: Name of the element.
        element_description: What the element is.
        element_frontal_image: Where to download the front view.
        element_refer_list: The other images.
        tag_list: Its tags.
        owned_by: kling for an element that Kling made; otherwise the id of the user who made it.
        final_unit_deduction: Kling units charged, a decimal number in a string. Preset elements have it.
    """

    element_id: int | str | Unset = UNSET
    """ Id of the element, a whole number of up to 18 digits. """
    element_name: str | Unset = UNSET
    """ Name of the element. """
    element_description: str | Unset = UNSET
    """ What the element is. """
    element_frontal_image: str | Unset = UNSET
    """ Where to download the front view. """
    element_refer_list: list[ElementImage] | Unset = UNSET
    """ The other images. """
    tag_list: list[ElementTag] | Unset = UNSET
    """ Its tags. """
    owned_by: str | Unset = UNSET
    """ kling for an element that Kling made; otherwise the id of the user who made it. """
    final_unit_deduction: str | Unset = UNSET
    """ Kling units charged, a decimal number in a string. Preset elements have it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        element_id: int | str | Unset
        if isinstance(self.element_id, Unset):
            element_id = UNSET
        else:
            element_id = self.element_id

        element_name = self.element_name

        element_description = self.element_description

        element_frontal_image = self.element_frontal_image

        element_refer_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_refer_list, Unset):
            element_refer_list = []
            for element_refer_list_item_data in self.element_refer_list:
                element_refer_list_item = element_refer_list_item_data.to_dict()
                element_refer_list.append(element_refer_list_item)

        tag_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tag_list, Unset):
            tag_list = []
            for tag_list_item_data in self.tag_list:
                tag_list_item = tag_list_item_data.to_dict()
                tag_list.append(tag_list_item)

        owned_by = self.owned_by

        final_unit_deduction = self.final_unit_deduction

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if element_id is not UNSET:
            field_dict["element_id"] = element_id
        if element_name is not UNSET:
            field_dict["element_name"] = element_name
        if element_description is not UNSET:
            field_dict["element_description"] = element_description
        if element_frontal_image is not UNSET:
            field_dict["element_frontal_image"] = element_frontal_image
        if element_refer_list is not UNSET:
            field_dict["element_refer_list"] = element_refer_list
        if tag_list is not UNSET:
            field_dict["tag_list"] = tag_list
        if owned_by is not UNSET:
            field_dict["owned_by"] = owned_by
        if final_unit_deduction is not UNSET:
            field_dict["final_unit_deduction"] = final_unit_deduction

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_element_id(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(int | str | Unset, data)

        element_id = _parse_element_id(d.pop("element_id", UNSET))

        element_name = d.pop("element_name", UNSET)

        element_description = d.pop("element_description", UNSET)

        element_frontal_image = d.pop("element_frontal_image", UNSET)

        _element_refer_list = d.pop("element_refer_list", UNSET)
        element_refer_list: list[ElementImage] | Unset = UNSET
        if _element_refer_list is not None and _element_refer_list is not UNSET:
            element_refer_list = []
            for element_refer_list_item_data in _element_refer_list:
                element_refer_list_item = ElementImage.from_dict(
                    element_refer_list_item_data
                )

                element_refer_list.append(element_refer_list_item)

        _tag_list = d.pop("tag_list", UNSET)
        tag_list: list[ElementTag] | Unset = UNSET
        if _tag_list is not None and _tag_list is not UNSET:
            tag_list = []
            for tag_list_item_data in _tag_list:
                tag_list_item = ElementTag.from_dict(tag_list_item_data)

                tag_list.append(tag_list_item)

        owned_by = d.pop("owned_by", UNSET)

        final_unit_deduction = d.pop("final_unit_deduction", UNSET)

        basic_element = cls(
            element_id=element_id,
            element_name=element_name,
            element_description=element_description,
            element_frontal_image=element_frontal_image,
            element_refer_list=element_refer_list,
            tag_list=tag_list,
            owned_by=owned_by,
            final_unit_deduction=final_unit_deduction,
        )

        basic_element.additional_properties = d
        return basic_element

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
from ..models.element_tag import ElementTag
