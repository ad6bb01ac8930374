from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="MultiElementsSelectionPoints")


@_attrs_define(kw_only=True)
class MultiElementsSelectionPoints:
    """A session, and the marked areas of one of its frames.

    Attributes:
        status: 0 for success; any other value means that Kling did not recognise the content.
        session_id: Id of the session, valid for 24 hours.
        final_unit_deduction: Kling units charged, a decimal number in a string.
        final_balance_deduction: Money charged, if the account pays from a balance.
        res: The frame.
    """

    status: int | Unset = UNSET
    """ 0 for success; any other value means that Kling did not recognise the content. """
    session_id: str | Unset = UNSET
    """ Id of the session, valid for 24 hours. """
    final_unit_deduction: str | Unset = UNSET
    """ Kling units charged, a decimal number in a string. """
    final_balance_deduction: BalanceDeduction | Unset = UNSET
    """ Money charged, if the account pays from a balance. """
    res: MultiElementsFrame | Unset = UNSET
    """ The frame. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        status = self.status

        session_id = self.session_id

        final_unit_deduction = self.final_unit_deduction

        final_balance_deduction: dict[str, Any] | Unset = UNSET
        if not isinstance(self.final_balance_deduction, Unset):
            final_balance_deduction = self.final_balance_deduction.to_dict()

        res: dict[str, Any] | Unset = UNSET
        if not isinstance(self.res, Unset):
            res = self.res.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if status is not UNSET:
            field_dict["status"] = status
        if session_id is not UNSET:
            field_dict["session_id"] = session_id
        if final_unit_deduction is not UNSET:
            field_dict["final_unit_deduction"] = final_unit_deduction
        if final_balance_deduction is not UNSET:
            field_dict["final_balance_deduction"] = final_balance_deduction
        if res is not UNSET:
            field_dict["res"] = res

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = d.pop("status", UNSET)

        session_id = d.pop("session_id", UNSET)

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

        _res = d.pop("res", UNSET)
        res: MultiElementsFrame | Unset
        if _res is None or isinstance(_res, Unset):
            res = UNSET
        else:
            res = MultiElementsFrame.from_dict(_res)

        multi_elements_selection_points = cls(
            status=status,
            session_id=session_id,
            final_unit_deduction=final_unit_deduction,
            final_balance_deduction=final_balance_deduction,
            res=res,
        )

        multi_elements_selection_points.additional_properties = d
        return multi_elements_selection_points

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
from ..models.multi_elements_frame import MultiElementsFrame
