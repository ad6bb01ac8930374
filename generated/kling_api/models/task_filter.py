from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.task_filter_key import TaskFilterKey, check_task_filter_key
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="TaskFilter")


@_attrs_define(kw_only=True)
class TaskFilter:
    """Selects the tasks that have one of the values.
    Open: what a filter without a key or without values does.
    Rules:
    - values must be submitted, processing, succeeded or failed when key is status; the /v1 standard writes succeed
    instead of succeeded.
    - values must be video, image or try_on when key is product_type (when you list deductions, the same value is try-
    on).

    Attributes:
        key: What the filter compares.
        values: With key status: submitted, processing, succeeded or failed. With key product_type: video, image or
            try_on.
    """

    key: TaskFilterKey | Unset = UNSET
    """ What the filter compares. """
    values: list[str] | Unset = UNSET
    """ With key status: submitted, processing, succeeded or failed. With key product_type: video, image or try_on.
    """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        key: str | Unset = UNSET
        if not isinstance(self.key, Unset):
            key = self.key

        values: list[str] | Unset = UNSET
        if not isinstance(self.values, Unset):
            values = self.values

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
        key: TaskFilterKey | Unset
        if _key is None or isinstance(_key, Unset):
            key = UNSET
        else:
            key = check_task_filter_key(_key)

        values = cast(list[str], d.pop("values", UNSET))

        if d:
            raise unknown_field(cls, d)

        task_filter = cls(
            key=key,
            values=values,
        )

        return task_filter
