from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="UnifiedElementTag")


@_attrs_define(kw_only=True)
class UnifiedElementTag:
    """A tag of an element.

    Attributes:
        id: Id of the tag.
        name: Name of the tag.
        description: Name of the tag.
    """

    id: int | Unset = UNSET
    """ Id of the tag. """
    name: str | Unset = UNSET
    """ Name of the tag. """
    description: str | Unset = UNSET
    """ Name of the tag. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        description = d.pop("description", UNSET)

        unified_element_tag = cls(
            id=id,
            name=name,
            description=description,
        )

        unified_element_tag.additional_properties = d
        return unified_element_tag

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
