from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="TaskPage")


@_attrs_define(kw_only=True)
class TaskPage:
    """A part of the tasks, and the cursor for the next part.

    Attributes:
        result: The tasks; absent if there are none.
        count: How many tasks this reply has.
        next_cursor: The cursor for the next part.
        has_more: Whether there is a next part.
    """

    result: list[UnifiedTask] | Unset = UNSET
    """ The tasks; absent if there are none. """
    count: int | Unset = UNSET
    """ How many tasks this reply has. """
    next_cursor: str | Unset = UNSET
    """ The cursor for the next part. """
    has_more: bool | Unset = UNSET
    """ Whether there is a next part. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        result: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.result, Unset):
            result = []
            for result_item_data in self.result:
                result_item = result_item_data.to_dict()
                result.append(result_item)

        count = self.count

        next_cursor = self.next_cursor

        has_more = self.has_more

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if result is not UNSET:
            field_dict["result"] = result
        if count is not UNSET:
            field_dict["count"] = count
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor
        if has_more is not UNSET:
            field_dict["has_more"] = has_more

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _result = d.pop("result", UNSET)
        result: list[UnifiedTask] | Unset = UNSET
        if _result is not None and _result is not UNSET:
            result = []
            for result_item_data in _result:
                result_item = UnifiedTask.from_dict(result_item_data)

                result.append(result_item)

        count = d.pop("count", UNSET)

        next_cursor = d.pop("next_cursor", UNSET)

        has_more = d.pop("has_more", UNSET)

        task_page = cls(
            result=result,
            count=count,
            next_cursor=next_cursor,
            has_more=has_more,
        )

        task_page.additional_properties = d
        return task_page

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


from ..models.unified_task import UnifiedTask
