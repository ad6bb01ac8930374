from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ListTasksRequest")


@_attrs_define(kw_only=True)
class ListTasksRequest:
    """Tasks: The tasks of an account, both those of the paths below /v1 and those of the current standard.
    The body of listTasks, POST /tasks.
    Which tasks to list.
    Rules:
    - start_time must be before end_time.

    Attributes:
        start_time: Start of the period, in Unix milliseconds; the default is 30 days before its end.
        end_time: End of the period, in Unix milliseconds; the default is now.
        cursor: next_cursor of the previous reply; an empty string counts as absent. With a cursor Kling ignores the
            times.
        limit: The greatest number of tasks in one reply.
            Kling's default: `100`.
        filters: Which tasks to list.
    """

    start_time: int | str | Unset = UNSET
    """ Start of the period, in Unix milliseconds; the default is 30 days before its end. """
    end_time: int | str | Unset = UNSET
    """ End of the period, in Unix milliseconds; the default is now. """
    cursor: str | Unset = UNSET
    """ next_cursor of the previous reply; an empty string counts as absent. With a cursor Kling ignores the times.
    """
    limit: int | Unset = UNSET
    """ The greatest number of tasks in one reply.
    Kling's default: `100`. """
    filters: list[TaskFilter] | Unset = UNSET
    """ Which tasks to list. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        start_time: int | str | Unset
        if isinstance(self.start_time, Unset):
            start_time = UNSET
        else:
            start_time = self.start_time

        end_time: int | str | Unset
        if isinstance(self.end_time, Unset):
            end_time = UNSET
        else:
            end_time = self.end_time

        cursor = self.cursor

        limit = self.limit

        filters: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.filters, Unset):
            filters = []
            for filters_item_data in self.filters:
                filters_item = filters_item_data.to_dict()
                filters.append(filters_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if start_time is not UNSET:
            field_dict["start_time"] = start_time
        if end_time is not UNSET:
            field_dict["end_time"] = end_time
        if cursor is not UNSET:
            field_dict["cursor"] = cursor
        if limit is not UNSET:
            field_dict["limit"] = limit
        if filters is not UNSET:
            field_dict["filters"] = filters

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_start_time(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(int | str | Unset, data)

        start_time = _parse_start_time(d.pop("start_time", UNSET))

        def _parse_end_time(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(int | str | Unset, data)

        end_time = _parse_end_time(d.pop("end_time", UNSET))

        cursor = d.pop("cursor", UNSET)

        limit = d.pop("limit", UNSET)

        _filters = d.pop("filters", UNSET)
        filters: list[TaskFilter] | Unset = UNSET
        if _filters is not None and _filters is not UNSET:
            filters = []
            for filters_item_data in _filters:
                filters_item = TaskFilter.from_dict(filters_item_data)

                filters.append(filters_item)

        if d:
            raise unknown_field(cls, d)

        list_tasks_request = cls(
            start_time=start_time,
            end_time=end_time,
            cursor=cursor,
            limit=limit,
            filters=filters,
        )

        return list_tasks_request


from ..models.task_filter import TaskFilter
