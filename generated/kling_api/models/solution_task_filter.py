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
from ..types import shown, unknown_field

T = TypeVar("T", bound="SolutionTaskFilter")


@_attrs_define(kw_only=True)
class SolutionTaskFilter:
    """Keeps the tasks that have one of the values.
    Open: what an empty list of values does.

    """

    key: SolutionTaskFilterKey
    """ What a filter looks at. """
    values: list[SolutionTaskFilterStatus]
    """ What to keep. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        key: str = self.key

        values = []
        for values_item_data in self.values:
            values_item: str = values_item_data
            values.append(values_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "key": key,
                "values": values,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        key = check_solution_task_filter_key(d.pop("key"))

        values = []
        _values = d.pop("values")
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
