from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="BalanceDeductionResult")


@_attrs_define(kw_only=True)
class BalanceDeductionResult:
    """Deductions, and their number.

    Attributes:
        detail: The deductions.
        count: How many deductions this reply has.
    """

    detail: list[BalanceDeductionEntry] | Unset = UNSET
    """ The deductions. """
    count: int | Unset = UNSET
    """ How many deductions this reply has. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        detail: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.detail, Unset):
            detail = []
            for detail_item_data in self.detail:
                detail_item = detail_item_data.to_dict()
                detail.append(detail_item)

        count = self.count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if detail is not UNSET:
            field_dict["detail"] = detail
        if count is not UNSET:
            field_dict["count"] = count

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _detail = d.pop("detail", UNSET)
        detail: list[BalanceDeductionEntry] | Unset = UNSET
        if _detail is not None and _detail is not UNSET:
            detail = []
            for detail_item_data in _detail:
                detail_item = BalanceDeductionEntry.from_dict(detail_item_data)

                detail.append(detail_item)

        count = d.pop("count", UNSET)

        balance_deduction_result = cls(
            detail=detail,
            count=count,
        )

        balance_deduction_result.additional_properties = d
        return balance_deduction_result

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


from ..models.balance_deduction_entry import BalanceDeductionEntry
