from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.task_status import TaskStatus, check_task_status
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Deletion")


@_attrs_define(kw_only=True)
class Deletion:
    """A deletion, in the form of a task; no query finds that task.

    Attributes:
        task_id: An id that Kling assigned.
        task_status: succeed once it is deleted.
            How far a task is. The current standard spells success as "succeeded".
            Kling may add values.
    """

    task_id: str | Unset = UNSET
    """ An id that Kling assigned. """
    task_status: TaskStatus | Unset = UNSET
    """ succeed once it is deleted.
    How far a task is. The current standard spells success as "succeeded".
    Kling may add values. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        task_status: str | Unset = UNSET
        if not isinstance(self.task_status, Unset):
            task_status = self.task_status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if task_id is not UNSET:
            field_dict["task_id"] = task_id
        if task_status is not UNSET:
            field_dict["task_status"] = task_status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        task_id = d.pop("task_id", UNSET)

        _task_status = d.pop("task_status", UNSET)
        task_status: TaskStatus | Unset
        if _task_status is None or isinstance(_task_status, Unset):
            task_status = UNSET
        else:
            task_status = check_task_status(_task_status)

        deletion = cls(
            task_id=task_id,
            task_status=task_status,
        )

        deletion.additional_properties = d
        return deletion

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
