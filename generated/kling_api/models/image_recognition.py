from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ImageRecognition")


@_attrs_define(kw_only=True)
class ImageRecognition:
    """The parts that were found in an image, and what the call cost.

    Attributes:
        task_result: The parts that were found.
        final_unit_deduction: Kling units charged, a decimal number in a string.
        final_balance_deduction: Money charged, if the account pays from a balance.
    """

    task_result: ImageRecognitionResult | Unset = UNSET
    """ The parts that were found. """
    final_unit_deduction: str | Unset = UNSET
    """ Kling units charged, a decimal number in a string. """
    final_balance_deduction: BalanceDeduction | Unset = UNSET
    """ Money charged, if the account pays from a balance. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        task_result: dict[str, Any] | Unset = UNSET
        if not isinstance(self.task_result, Unset):
            task_result = self.task_result.to_dict()

        final_unit_deduction = self.final_unit_deduction

        final_balance_deduction: dict[str, Any] | Unset = UNSET
        if not isinstance(self.final_balance_deduction, Unset):
            final_balance_deduction = self.final_balance_deduction.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if task_result is not UNSET:
            field_dict["task_result"] = task_result
        if final_unit_deduction is not UNSET:
            field_dict["final_unit_deduction"] = final_unit_deduction
        if final_balance_deduction is not UNSET:
            field_dict["final_balance_deduction"] = final_balance_deduction

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _task_result = d.pop("task_result", UNSET)
        task_result: ImageRecognitionResult | Unset
        if _task_result is None or isinstance(_task_result, Unset):
            task_result = UNSET
        else:
            task_result = ImageRecognitionResult.from_dict(_task_result)

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

        image_recognition = cls(
            task_result=task_result,
            final_unit_deduction=final_unit_deduction,
            final_balance_deduction=final_balance_deduction,
        )

        image_recognition.additional_properties = d
        return image_recognition

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
from ..models.image_recognition_result import ImageRecognitionResult
