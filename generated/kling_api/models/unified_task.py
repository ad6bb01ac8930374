from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.unified_task_status import UnifiedTaskStatus, check_unified_task_status
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="UnifiedTask")


@_attrs_define(kw_only=True)
class UnifiedTask:
    """One asynchronous task as the current standard shows it, in replies and in callbacks.
    Tasks that were made in the /v1 standard appear in this form too.
    Directly after the create, it has only the id, the status and the times.

    Attributes:
        id: Kling's id of the task; 18 decimal digits in practice.
        status: How far the task is.
            How far a task is. The /v1 standard, and the page of virtual try-on 3.0, spell success as "succeed".
            Kling may add values.
        message: Why the task failed; empty otherwise.
        create_time: When the task was created, in Unix milliseconds.
        update_time: When the task last changed, in Unix milliseconds.
        external_id: Your own id for the task, if you gave one.
        outputs: The outputs; empty until the task has succeeded.
        billing: What was charged.
    """

    id: str
    """ Kling's id of the task; 18 decimal digits in practice. """
    status: UnifiedTaskStatus
    """ How far the task is.
    How far a task is. The /v1 standard, and the page of virtual try-on 3.0, spell success as "succeed".
    Kling may add values. """
    message: str | Unset = UNSET
    """ Why the task failed; empty otherwise. """
    create_time: int | Unset = UNSET
    """ When the task was created, in Unix milliseconds. """
    update_time: int | Unset = UNSET
    """ When the task last changed, in Unix milliseconds. """
    external_id: str | Unset = UNSET
    """ Your own id for the task, if you gave one. """
    outputs: list[UnifiedOutput] | Unset = UNSET
    """ The outputs; empty until the task has succeeded. """
    billing: list[Charge] | Unset = UNSET
    """ What was charged. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        status: str = self.status

        message = self.message

        create_time = self.create_time

        update_time = self.update_time

        external_id = self.external_id

        outputs: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.outputs, Unset):
            outputs = []
            for outputs_item_data in self.outputs:
                outputs_item = outputs_item_data.to_dict()
                outputs.append(outputs_item)

        billing: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.billing, Unset):
            billing = []
            for billing_item_data in self.billing:
                billing_item = billing_item_data.to_dict()
                billing.append(billing_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "status": status,
            }
        )
        if message is not UNSET:
            field_dict["message"] = message
        if create_time is not UNSET:
            field_dict["create_time"] = create_time
        if update_time is not UNSET:
            field_dict["update_time"] = update_time
        if external_id is not UNSET:
            field_dict["external_id"] = external_id
        if outputs is not UNSET:
            field_dict["outputs"] = outputs
        if billing is not UNSET:
            field_dict["billing"] = billing

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        status = check_unified_task_status(d.pop("status"))

        message = d.pop("message", UNSET)

        create_time = d.pop("create_time", UNSET)

        update_time = d.pop("update_time", UNSET)

        external_id = d.pop("external_id", UNSET)

        _outputs = d.pop("outputs", UNSET)
        outputs: list[UnifiedOutput] | Unset = UNSET
        if _outputs is not None and _outputs is not UNSET:
            outputs = []
            for outputs_item_data in _outputs:
                outputs_item = UnifiedOutput.from_dict(outputs_item_data)

                outputs.append(outputs_item)

        _billing = d.pop("billing", UNSET)
        billing: list[Charge] | Unset = UNSET
        if _billing is not None and _billing is not UNSET:
            billing = []
            for billing_item_data in _billing:
                billing_item = Charge.from_dict(billing_item_data)

                billing.append(billing_item)

        unified_task = cls(
            id=id,
            status=status,
            message=message,
            create_time=create_time,
            update_time=update_time,
            external_id=external_id,
            outputs=outputs,
            billing=billing,
        )

        unified_task.additional_properties = d
        return unified_task

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


from ..models.charge import Charge
from ..models.unified_output import UnifiedOutput
