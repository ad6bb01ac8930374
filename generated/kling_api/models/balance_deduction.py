from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="BalanceDeduction")


@_attrs_define(kw_only=True)
class BalanceDeduction:
    """What was taken from the balance. Replies have had this field since September 2026.

    Attributes:
        quota: Price after discounts, a decimal number in a string, in the currency of the account.
        list_price: Price before discounts, a decimal number in a string, in the currency of the account.
    """

    quota: str | Unset = UNSET
    """ Price after discounts, a decimal number in a string, in the currency of the account. """
    list_price: str | Unset = UNSET
    """ Price before discounts, a decimal number in a string, in the currency of the account. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        quota = self.quota

        list_price = self.list_price

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if quota is not UNSET:
            field_dict["quota"] = quota
        if list_price is not UNSET:
            field_dict["list_price"] = list_price

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quota = d.pop("quota", UNSET)

        list_price = d.pop("list_price", UNSET)

        balance_deduction = cls(
            quota=quota,
            list_price=list_price,
        )

        balance_deduction.additional_properties = d
        return balance_deduction

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
