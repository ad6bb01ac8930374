from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.unified_task_status import UnifiedTaskStatus, check_unified_task_status
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="VirtualTryOn30Task")


@_attrs_define(kw_only=True)
class VirtualTryOn30Task:
    """The task, as the create returns it.
    Kling's page has task_id here, but id in queries and for the other products under /solutions. Read the field that is
    present.

    Attributes:
        status: How far the task is.
            How far a task is. The /v1 standard, and the page of virtual try-on 3.0, spell success as "succeed".
            Kling may add values.
        task_id: Kling's id of the task, according to the page of virtual try-on 3.0.
        id: Kling's id of the task, according to the pages of the other products.
        create_time: When the task was created, in Unix milliseconds.
        update_time: When the task last changed, in Unix milliseconds.
        external_id: Your own id for the task, if you gave one.
    """

    status: UnifiedTaskStatus
    """ How far the task is.
    How far a task is. The /v1 standard, and the page of virtual try-on 3.0, spell success as "succeed".
    Kling may add values. """
    task_id: str | Unset = UNSET
    """ Kling's id of the task, according to the page of virtual try-on 3.0. """
    id: str | Unset = UNSET
    """ Kling's id of the task, according to the pages of the other products. """
    create_time: int | Unset = UNSET
    """ When the task was created, in Unix milliseconds. """
    update_time: int | Unset = UNSET
    """ When the task last changed, in Unix milliseconds. """
    external_id: str | Unset = UNSET
    """ Your own id for the task, if you gave one. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        status: str = self.status

        task_id = self.task_id

        id = self.id

        create_time = self.create_time

        update_time = self.update_time

        external_id = self.external_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "status": status,
            }
        )
        if task_id is not UNSET:
            field_dict["task_id"] = task_id
        if id is not UNSET:
            field_dict["id"] = id
        if create_time is not UNSET:
            field_dict["create_time"] = create_time
        if update_time is not UNSET:
            field_dict["update_time"] = update_time
        if external_id is not UNSET:
            field_dict["external_id"] = external_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = check_unified_task_status(d.pop("status"))

        task_id = d.pop("task_id", UNSET)

        id = d.pop("id", UNSET)

        create_time = d.pop("create_time", UNSET)

        update_time = d.pop("update_time", UNSET)

        external_id = d.pop("external_id", UNSET)

        virtual_try_on_30_task = cls(
            status=status,
            task_id=task_id,
            id=id,
            create_time=create_time,
            update_time=update_time,
            external_id=external_id,
        )

        virtual_try_on_30_task.additional_properties = d
        return virtual_try_on_30_task

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
