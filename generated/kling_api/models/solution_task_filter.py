from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.solution_task_filter_key import (
    SolutionTaskFilterKey,
    check_solution_task_filter_key,
)
from ..models.solution_task_filter_status import (
    SolutionTaskFilterStatus,
    check_solution_task_filter_status,
)
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="SolutionTaskFilter")


@_attrs_define(kw_only=True)
class SolutionTaskFilter:
    """Selects the tasks that have one of the values.
    Open: what a filter without a key or without values does.

    Attributes:
        key: What the filter compares.
        values: Which tasks to list.
    """

    key: SolutionTaskFilterKey | Unset = UNSET
    """ What the filter compares. """
    values: list[SolutionTaskFilterStatus] | Unset = UNSET
    """ Which tasks to list. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        key: str | Unset = UNSET
        if not isinstance(self.key, Unset):
            key = self.key

        values: list[str] | Unset = UNSET
        if not isinstance(self.values, Unset):
            values = []
            for values_item_data in self.values:
                values_item: str = values_item_data
                values.append(values_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if key is not UNSET:
            field_dict["key"] = key
        if values is not UNSET:
            field_dict["values"] = values

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _key = d.pop("key", UNSET)
        key: SolutionTaskFilterKey | Unset
        if _key is None or isinstance(_key, Unset):
            key = UNSET
        else:
            key = check_solution_task_filter_key(_key)

        _values = d.pop("values", UNSET)
        values: list[SolutionTaskFilterStatus] | Unset = UNSET
        if _values is not None and _values is not UNSET:
            values = []
            for values_item_data in _values:
                values_item = check_solution_task_filter_status(values_item_data)

                values.append(values_item)

        if d:
            raise unknown_field(cls, d)

        solution_task_filter = cls(
            key=key,
            values=values,
        )

        return solution_task_filter
