from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.cash_type import CashType, check_cash_type
from ..models.charge_type import ChargeType, check_charge_type
from ..models.currency import Currency, check_currency
from ..models.package_type import PackageType, check_package_type
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Charge")


@_attrs_define(kw_only=True)
class Charge:
    """One charge for a task.
    charge_type says whether amount is a number of units or an amount of money.
    Some recorded replies have no charge_type. In such a reply, package_type shows that amount is in units; currency or
    cash_type shows that it is money.

    Attributes:
        charge_type: unit means that units were taken from a resource package, cash that money was taken from a balance.
            Whether units or money were taken.
            Kling may add values.
        cash_type: Which balance; only with cash.
            The balance that the money was taken from.
            Kling may add values.
        amount: How much, a decimal number in a string.
        currency: Currency of amount; only with cash, and even then not in every recorded reply.
            Currency of an account.
            Kling may add values.
        package_type: Which kind of resource package; only with unit.
            Kind of product that a resource package pays for. Kling's page on unit deductions has try-on, and its
            page on callbacks has the other values.
            Kling may add values.
        list_price: Price before discounts, a decimal number in a string; only with cash.
    """

    charge_type: ChargeType | Unset = UNSET
    """ unit means that units were taken from a resource package, cash that money was taken from a balance.
    Whether units or money were taken.
    Kling may add values. """
    cash_type: CashType | Unset = UNSET
    """ Which balance; only with cash.
    The balance that the money was taken from.
    Kling may add values. """
    amount: str | Unset = UNSET
    """ How much, a decimal number in a string. """
    currency: Currency | Unset = UNSET
    """ Currency of amount; only with cash, and even then not in every recorded reply.
    Currency of an account.
    Kling may add values. """
    package_type: PackageType | Unset = UNSET
    """ Which kind of resource package; only with unit.
    Kind of product that a resource package pays for. Kling's page on unit deductions has try-on, and its page on
    callbacks has the other values.
    Kling may add values. """
    list_price: str | Unset = UNSET
    """ Price before discounts, a decimal number in a string; only with cash. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        charge_type: str | Unset = UNSET
        if not isinstance(self.charge_type, Unset):
            charge_type = self.charge_type

        cash_type: str | Unset = UNSET
        if not isinstance(self.cash_type, Unset):
            cash_type = self.cash_type

        amount = self.amount

        currency: str | Unset = UNSET
        if not isinstance(self.currency, Unset):
            currency = self.currency

        package_type: str | Unset = UNSET
        if not isinstance(self.package_type, Unset):
            package_type = self.package_type

        list_price = self.list_price

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if charge_type is not UNSET:
            field_dict["charge_type"] = charge_type
        if cash_type is not UNSET:
            field_dict["cash_type"] = cash_type
        if amount is not UNSET:
            field_dict["amount"] = amount
        if currency is not UNSET:
            field_dict["currency"] = currency
        if package_type is not UNSET:
            field_dict["package_type"] = package_type
        if list_price is not UNSET:
            field_dict["list_price"] = list_price

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _charge_type = d.pop("charge_type", UNSET)
        charge_type: ChargeType | Unset
        if _charge_type is None or isinstance(_charge_type, Unset):
            charge_type = UNSET
        else:
            charge_type = check_charge_type(_charge_type)

        _cash_type = d.pop("cash_type", UNSET)
        cash_type: CashType | Unset
        if _cash_type is None or isinstance(_cash_type, Unset):
            cash_type = UNSET
        else:
            cash_type = check_cash_type(_cash_type)

        amount = d.pop("amount", UNSET)

        _currency = d.pop("currency", UNSET)
        currency: Currency | Unset
        if _currency is None or isinstance(_currency, Unset):
            currency = UNSET
        else:
            currency = check_currency(_currency)

        _package_type = d.pop("package_type", UNSET)
        package_type: PackageType | Unset
        if _package_type is None or isinstance(_package_type, Unset):
            package_type = UNSET
        else:
            package_type = check_package_type(_package_type)

        list_price = d.pop("list_price", UNSET)

        charge = cls(
            charge_type=charge_type,
            cash_type=cash_type,
            amount=amount,
            currency=currency,
            package_type=package_type,
            list_price=list_price,
        )

        charge.additional_properties = d
        return charge

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
