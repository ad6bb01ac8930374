from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.resource_pack_status import ResourcePackStatus, check_resource_pack_status
from ..models.resource_pack_type import ResourcePackType, check_resource_pack_type
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ResourcePack")


@_attrs_define(kw_only=True)
class ResourcePack:
    """One resource package.

    Attributes:
        resource_pack_name: Name of the package.
        resource_pack_id: Id of the package, 32 hexadecimal digits.
        resource_pack_type: Whether the units are for the whole lifetime of the package, or for each period.
            decreasing_total has one amount for its whole lifetime, constant_period has an amount for each period.
            Kling may add values.
        total_quantity: Units at the start.
        remaining_quantity: Units left; up to 12 hours old.
        purchase_time: When it was bought, in Unix milliseconds.
        effective_time: From when it can be used, in Unix milliseconds.
        invalid_time: When it ends, in Unix milliseconds.
        status: Whether it can be used.
            toBeOnline starts later, online can be used, expired has ended, runOut has no units left.
            Kling may add values.
    """

    resource_pack_name: str | Unset = UNSET
    """ Name of the package. """
    resource_pack_id: str | Unset = UNSET
    """ Id of the package, 32 hexadecimal digits. """
    resource_pack_type: ResourcePackType | Unset = UNSET
    """ Whether the units are for the whole lifetime of the package, or for each period.
    decreasing_total has one amount for its whole lifetime, constant_period has an amount for each period.
    Kling may add values. """
    total_quantity: float | Unset = UNSET
    """ Units at the start. """
    remaining_quantity: float | Unset = UNSET
    """ Units left; up to 12 hours old. """
    purchase_time: int | Unset = UNSET
    """ When it was bought, in Unix milliseconds. """
    effective_time: int | Unset = UNSET
    """ From when it can be used, in Unix milliseconds. """
    invalid_time: int | Unset = UNSET
    """ When it ends, in Unix milliseconds. """
    status: ResourcePackStatus | Unset = UNSET
    """ Whether it can be used.
    toBeOnline starts later, online can be used, expired has ended, runOut has no units left.
    Kling may add values. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        resource_pack_name = self.resource_pack_name

        resource_pack_id = self.resource_pack_id

        resource_pack_type: str | Unset = UNSET
        if not isinstance(self.resource_pack_type, Unset):
            resource_pack_type = self.resource_pack_type

        total_quantity = self.total_quantity

        remaining_quantity = self.remaining_quantity

        purchase_time = self.purchase_time

        effective_time = self.effective_time

        invalid_time = self.invalid_time

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if resource_pack_name is not UNSET:
            field_dict["resource_pack_name"] = resource_pack_name
        if resource_pack_id is not UNSET:
            field_dict["resource_pack_id"] = resource_pack_id
        if resource_pack_type is not UNSET:
            field_dict["resource_pack_type"] = resource_pack_type
        if total_quantity is not UNSET:
            field_dict["total_quantity"] = total_quantity
        if remaining_quantity is not UNSET:
            field_dict["remaining_quantity"] = remaining_quantity
        if purchase_time is not UNSET:
            field_dict["purchase_time"] = purchase_time
        if effective_time is not UNSET:
            field_dict["effective_time"] = effective_time
        if invalid_time is not UNSET:
            field_dict["invalid_time"] = invalid_time
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        resource_pack_name = d.pop("resource_pack_name", UNSET)

        resource_pack_id = d.pop("resource_pack_id", UNSET)

        _resource_pack_type = d.pop("resource_pack_type", UNSET)
        resource_pack_type: ResourcePackType | Unset
        if _resource_pack_type is None or isinstance(_resource_pack_type, Unset):
            resource_pack_type = UNSET
        else:
            resource_pack_type = check_resource_pack_type(_resource_pack_type)

        total_quantity = d.pop("total_quantity", UNSET)

        remaining_quantity = d.pop("remaining_quantity", UNSET)

        purchase_time = d.pop("purchase_time", UNSET)

        effective_time = d.pop("effective_time", UNSET)

        invalid_time = d.pop("invalid_time", UNSET)

        _status = d.pop("status", UNSET)
        status: ResourcePackStatus | Unset
        if _status is None or isinstance(_status, Unset):
            status = UNSET
        else:
            status = check_resource_pack_status(_status)

        resource_pack = cls(
            resource_pack_name=resource_pack_name,
            resource_pack_id=resource_pack_id,
            resource_pack_type=resource_pack_type,
            total_quantity=total_quantity,
            remaining_quantity=remaining_quantity,
            purchase_time=purchase_time,
            effective_time=effective_time,
            invalid_time=invalid_time,
            status=status,
        )

        resource_pack.additional_properties = d
        return resource_pack

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
