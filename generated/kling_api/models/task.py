from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.task_status import TaskStatus, check_task_status
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Task")


@_attrs_define(kw_only=True)
class Task:
    """One asynchronous task, as every query, list and callback shows it.
    Directly after the create, it has only the id, the status and the times.

    Attributes:
        task_id: Kling's id of the task; 18 decimal digits in practice.
        task_status: How far the task is.
            How far a task is. The current standard spells success as "succeeded".
            Kling may add values.
        task_status_msg: Why the task failed; empty otherwise.
        task_info: Your own id for the task, and the input video if there was one.
        task_result: The results; present once the task has succeeded.
        watermark_info: Whether a watermarked copy was requested.
        final_unit_deduction: Units taken from a resource package, a decimal number in a string.
        final_balance_deduction: Money charged, if the account pays from a balance.
        created_at: When the task was created, in Unix milliseconds.
        updated_at: When the task last changed, in Unix milliseconds.
    """

    task_id: str
    """ Kling's id of the task; 18 decimal digits in practice. """
    task_status: TaskStatus
    """ How far the task is.
    How far a task is. The current standard spells success as "succeeded".
    Kling may add values. """
    task_status_msg: str | Unset = UNSET
    """ Why the task failed; empty otherwise. """
    task_info: TaskInfo | Unset = UNSET
    """ Your own id for the task, and the input video if there was one. """
    task_result: TaskResult | Unset = UNSET
    """ The results; present once the task has succeeded. """
    watermark_info: TaskWatermarkInfo | Unset = UNSET
    """ Whether a watermarked copy was requested. """
    final_unit_deduction: str | Unset = UNSET
    """ Units taken from a resource package, a decimal number in a string. """
    final_balance_deduction: BalanceDeduction | Unset = UNSET
    """ Money charged, if the account pays from a balance. """
    created_at: int | Unset = UNSET
    """ When the task was created, in Unix milliseconds. """
    updated_at: int | Unset = UNSET
    """ When the task last changed, in Unix milliseconds. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        task_status: str = self.task_status

        task_status_msg = self.task_status_msg

        task_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.task_info, Unset):
            task_info = self.task_info.to_dict()

        task_result: dict[str, Any] | Unset = UNSET
        if not isinstance(self.task_result, Unset):
            task_result = self.task_result.to_dict()

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        final_unit_deduction = self.final_unit_deduction

        final_balance_deduction: dict[str, Any] | Unset = UNSET
        if not isinstance(self.final_balance_deduction, Unset):
            final_balance_deduction = self.final_balance_deduction.to_dict()

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "task_id": task_id,
                "task_status": task_status,
            }
        )
        if task_status_msg is not UNSET:
            field_dict["task_status_msg"] = task_status_msg
        if task_info is not UNSET:
            field_dict["task_info"] = task_info
        if task_result is not UNSET:
            field_dict["task_result"] = task_result
        if watermark_info is not UNSET:
            field_dict["watermark_info"] = watermark_info
        if final_unit_deduction is not UNSET:
            field_dict["final_unit_deduction"] = final_unit_deduction
        if final_balance_deduction is not UNSET:
            field_dict["final_balance_deduction"] = final_balance_deduction
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        task_id = d.pop("task_id")

        task_status = check_task_status(d.pop("task_status"))

        task_status_msg = d.pop("task_status_msg", UNSET)

        _task_info = d.pop("task_info", UNSET)
        task_info: TaskInfo | Unset
        if _task_info is None or isinstance(_task_info, Unset):
            task_info = UNSET
        else:
            task_info = TaskInfo.from_dict(_task_info)

        _task_result = d.pop("task_result", UNSET)
        task_result: TaskResult | Unset
        if _task_result is None or isinstance(_task_result, Unset):
            task_result = UNSET
        else:
            task_result = TaskResult.from_dict(_task_result)

        _watermark_info = d.pop("watermark_info", UNSET)
        watermark_info: TaskWatermarkInfo | Unset
        if _watermark_info is None or isinstance(_watermark_info, Unset):
            watermark_info = UNSET
        else:
            watermark_info = TaskWatermarkInfo.from_dict(_watermark_info)

        final_unit_deduction = d.pop("final_unit_deduction", UNSET)

        _final_balance_deduction = d.pop("final_balance_deduction", UNSET)
        final_balance_deduction: BalanceDeduction | Unset
        if _final_balance_deduction is None or isinstance(
            _final_balance_deduction, Unset
        ):
            final_balance_deduction = UNSET
        else:
            final_balance_deduction = BalanceDeduction.from_dict(
                _final_balance_deduction
            )

        created_at = d.pop("created_at", UNSET)

        updated_at = d.pop("updated_at", UNSET)

        task = cls(
            task_id=task_id,
            task_status=task_status,
            task_status_msg=task_status_msg,
            task_info=task_info,
            task_result=task_result,
            watermark_info=watermark_info,
            final_unit_deduction=final_unit_deduction,
            final_balance_deduction=final_balance_deduction,
            created_at=created_at,
            updated_at=updated_at,
        )

        task.additional_properties = d
        return task

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


from ..models.balance_deduction import BalanceDeduction
from ..models.task_info import TaskInfo
from ..models.task_result import TaskResult
from ..models.task_watermark_info import TaskWatermarkInfo
