from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ListBalanceDeductionsRequest")


@_attrs_define(kw_only=True)
class ListBalanceDeductionsRequest:
    """Balance deductions: Money that Kling deducted for tasks.
    The body of listBalanceDeductions, POST /account/billing/balance.
    Which deductions to list.
    Rules:
    - start_time and end_time must be given when there is no cursor.
    - start_time must be before end_time.

    Attributes:
        start_time: Start of the period, in Unix milliseconds. Needed without cursor.
        end_time: End of the period, in Unix milliseconds. Needed without cursor.
        limit: The greatest number of deductions in one reply.
            Kling's default: `500`.
        filters: Which deductions to list. For each key, a deduction must have one of the values.
        cursor: next_cursor of the previous reply; an empty string counts as absent. With a cursor Kling ignores all
            other fields.
    """

    start_time: int | Unset = UNSET
    """ Start of the period, in Unix milliseconds. Needed without cursor. """
    end_time: int | Unset = UNSET
    """ End of the period, in Unix milliseconds. Needed without cursor. """
    limit: int | Unset = UNSET
    """ The greatest number of deductions in one reply.
    Kling's default: `500`. """
    filters: list[BalanceDeductionFilter] | Unset = UNSET
    """ Which deductions to list. For each key, a deduction must have one of the values. """
    cursor: str | Unset = UNSET
    """ next_cursor of the previous reply; an empty string counts as absent. With a cursor Kling ignores all other
    fields. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        start_time = self.start_time

        end_time = self.end_time

        limit = self.limit

        filters: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.filters, Unset):
            filters = []
            for filters_item_data in self.filters:
                filters_item = filters_item_data.to_dict()
                filters.append(filters_item)

        cursor = self.cursor

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if start_time is not UNSET:
            field_dict["start_time"] = start_time
        if end_time is not UNSET:
            field_dict["end_time"] = end_time
        if limit is not UNSET:
            field_dict["limit"] = limit
        if filters is not UNSET:
            field_dict["filters"] = filters
        if cursor is not UNSET:
            field_dict["cursor"] = cursor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        start_time = d.pop("start_time", UNSET)

        end_time = d.pop("end_time", UNSET)

        limit = d.pop("limit", UNSET)

        _filters = d.pop("filters", UNSET)
        filters: list[BalanceDeductionFilter] | Unset = UNSET
        if _filters is not None and _filters is not UNSET:
            filters = []
            for filters_item_data in _filters:
                filters_item = BalanceDeductionFilter.from_dict(filters_item_data)

                filters.append(filters_item)

        cursor = d.pop("cursor", UNSET)

        if d:
            raise unknown_field(cls, d)

        list_balance_deductions_request = cls(
            start_time=start_time,
            end_time=end_time,
            limit=limit,
            filters=filters,
            cursor=cursor,
        )

        return list_balance_deductions_request


from ..models.balance_deduction_filter import BalanceDeductionFilter
