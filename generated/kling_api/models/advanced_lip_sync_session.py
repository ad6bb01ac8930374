from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="AdvancedLipSyncSession")


@_attrs_define(kw_only=True)
class AdvancedLipSyncSession:
    """A session, and the faces of its video.

    Attributes:
        session_id: Id of the session.
        final_unit_deduction: Kling units charged, a decimal number in a string.
        final_balance_deduction: Money charged, if the account pays from a balance.
        face_data: The faces.
    """

    session_id: str | Unset = UNSET
    """ Id of the session. """
    final_unit_deduction: str | Unset = UNSET
    """ Kling units charged, a decimal number in a string. """
    final_balance_deduction: BalanceDeduction | Unset = UNSET
    """ Money charged, if the account pays from a balance. """
    face_data: list[AdvancedLipSyncFoundFace] | Unset = UNSET
    """ The faces. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        session_id = self.session_id

        final_unit_deduction = self.final_unit_deduction

        final_balance_deduction: dict[str, Any] | Unset = UNSET
        if not isinstance(self.final_balance_deduction, Unset):
            final_balance_deduction = self.final_balance_deduction.to_dict()

        face_data: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.face_data, Unset):
            face_data = []
            for face_data_item_data in self.face_data:
                face_data_item = face_data_item_data.to_dict()
                face_data.append(face_data_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if session_id is not UNSET:
            field_dict["session_id"] = session_id
        if final_unit_deduction is not UNSET:
            field_dict["final_unit_deduction"] = final_unit_deduction
        if final_balance_deduction is not UNSET:
            field_dict["final_balance_deduction"] = final_balance_deduction
        if face_data is not UNSET:
            field_dict["face_data"] = face_data

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
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

        _face_data = d.pop("face_data", UNSET)
        face_data: list[AdvancedLipSyncFoundFace] | Unset = UNSET
        if _face_data is not None and _face_data is not UNSET:
            face_data = []
            for face_data_item_data in _face_data:
                face_data_item = AdvancedLipSyncFoundFace.from_dict(face_data_item_data)

                face_data.append(face_data_item)

        advanced_lip_sync_session = cls(
            session_id=session_id,
            final_unit_deduction=final_unit_deduction,
            final_balance_deduction=final_balance_deduction,
            face_data=face_data,
        )

        advanced_lip_sync_session.additional_properties = d
        return advanced_lip_sync_session

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


from ..models.advanced_lip_sync_found_face import AdvancedLipSyncFoundFace
from ..models.balance_deduction import BalanceDeduction
