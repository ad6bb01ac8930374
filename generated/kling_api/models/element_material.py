from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.element_material_role import (
    ElementMaterialRole,
    check_element_material_role,
)
from ..models.element_material_type import (
    ElementMaterialType,
    check_element_material_type,
)
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ElementMaterial")


@_attrs_define(kw_only=True)
class ElementMaterial:
    """One image, video or voice that an element was made from.

    Attributes:
        type_: Kind of output.
            Kind of a source of an element.
            Kling may add values.
        role: What the source is for.
            frontal is the front view. For the other images, Kling's page on /tasks says reference, and its page on
            callbacks says refer.
            Kling may add values.
        url: Where to download the source.
        id: Id of the voice.
        name: Name of the voice.
        owned_by: Owner of the voice: kling, or the id of the user who made it.
    """

    type_: ElementMaterialType | Unset = UNSET
    """ Kind of output.
    Kind of a source of an element.
    Kling may add values. """
    role: ElementMaterialRole | Unset = UNSET
    """ What the source is for.
    frontal is the front view. For the other images, Kling's page on /tasks says reference, and its page on
    callbacks says refer.
    Kling may add values. """
    url: str | Unset = UNSET
    """ Where to download the source. """
    id: str | Unset = UNSET
    """ Id of the voice. """
    name: str | Unset = UNSET
    """ Name of the voice. """
    owned_by: str | Unset = UNSET
    """ Owner of the voice: kling, or the id of the user who made it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role

        url = self.url

        id = self.id

        name = self.name

        owned_by = self.owned_by

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if role is not UNSET:
            field_dict["role"] = role
        if url is not UNSET:
            field_dict["url"] = url
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if owned_by is not UNSET:
            field_dict["owned_by"] = owned_by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _type_ = d.pop("type", UNSET)
        type_: ElementMaterialType | Unset
        if _type_ is None or isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_element_material_type(_type_)

        _role = d.pop("role", UNSET)
        role: ElementMaterialRole | Unset
        if _role is None or isinstance(_role, Unset):
            role = UNSET
        else:
            role = check_element_material_role(_role)

        url = d.pop("url", UNSET)

        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        owned_by = d.pop("owned_by", UNSET)

        element_material = cls(
            type_=type_,
            role=role,
            url=url,
            id=id,
            name=name,
            owned_by=owned_by,
        )

        element_material.additional_properties = d
        return element_material

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
