from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ListPackageDeductionsRequest")


@_attrs_define(kw_only=True)
class ListPackageDeductionsRequest:
    """Package deductions: Units of resource packages that Kling deducted for tasks.
    The body of listPackageDeductions, POST /account/billing/package.
    Which deductions to list.
    Rules:
    - start_time and end_time must be given when there is no cursor.
    - start_time must be before end_time.
    - filters must not have values for both package_name and package_id; keep one of them.
    - the values of filters with key product_type must be video, image or try-on; when you list tasks, the same value is
    try_on.

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
    filters: list[PackageDeductionFilter] | Unset = UNSET
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
        filters: list[PackageDeductionFilter] | Unset = UNSET
        if _filters is not None and _filters is not UNSET:
            filters = []
            for filters_item_data in _filters:
                filters_item = PackageDeductionFilter.from_dict(filters_item_data)

                filters.append(filters_item)

        cursor = d.pop("cursor", UNSET)

        if d:
            raise unknown_field(cls, d)

        list_package_deductions_request = cls(
            start_time=start_time,
            end_time=end_time,
            limit=limit,
            filters=filters,
            cursor=cursor,
        )

        return list_package_deductions_request


from ..models.package_deduction_filter import PackageDeductionFilter
