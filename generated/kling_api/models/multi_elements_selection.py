from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="MultiElementsSelection")


@_attrs_define(kw_only=True)
class MultiElementsSelection:
    """A session, and the properties of its video.

    Attributes:
        status: 0 for success; any other value means that Kling did not recognise the content.
        session_id: Id of the session, valid for 24 hours.
        final_unit_deduction: Kling units charged, a decimal number in a string.
        final_balance_deduction: Money charged, if the account pays from a balance.
        fps: Frames a second.
        original_duration: Length of the video.
            Open: its unit. Kling's example has 1000 for 300 frames at 30 a second.
        width: Width in pixels.
        height: Height in pixels.
        total_frame: Number of frames.
        normalized_video: Where to download the video to edit.
    """

    status: int | Unset = UNSET
    """ 0 for success; any other value means that Kling did not recognise the content. """
    session_id: str | Unset = UNSET
    """ Id of the session, valid for 24 hours. """
    final_unit_deduction: str | Unset = UNSET
    """ Kling units charged, a decimal number in a string. """
    final_balance_deduction: BalanceDeduction | Unset = UNSET
    """ Money charged, if the account pays from a balance. """
    fps: float | Unset = UNSET
    """ Frames a second. """
    original_duration: int | Unset = UNSET
    """ Length of the video.
    Open: its unit. Kling's example has 1000 for 300 frames at 30 a second. """
    width: int | Unset = UNSET
    """ Width in pixels. """
    height: int | Unset = UNSET
    """ Height in pixels. """
    total_frame: int | Unset = UNSET
    """ Number of frames. """
    normalized_video: str | Unset = UNSET
    """ Where to download the video to edit. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        status = self.status

        session_id = self.session_id

        final_unit_deduction = self.final_unit_deduction

        final_balance_deduction: dict[str, Any] | Unset = UNSET
        if not isinstance(self.final_balance_deduction, Unset):
            final_balance_deduction = self.final_balance_deduction.to_dict()

        fps = self.fps

        original_duration = self.original_duration

        width = self.width

        height = self.height

        total_frame = self.total_frame

        normalized_video = self.normalized_video

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
        if fps is not UNSET:
            field_dict["fps"] = fps
        if original_duration is not UNSET:
            field_dict["original_duration"] = original_duration
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if total_frame is not UNSET:
            field_dict["total_frame"] = total_frame
        if normalized_video is not UNSET:
            field_dict["normalized_video"] = normalized_video

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

        fps = d.pop("fps", UNSET)

        original_duration = d.pop("original_duration", UNSET)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        total_frame = d.pop("total_frame", UNSET)

        normalized_video = d.pop("normalized_video", UNSET)

        multi_elements_selection = cls(
            status=status,
            session_id=session_id,
            final_unit_deduction=final_unit_deduction,
            final_balance_deduction=final_balance_deduction,
            fps=fps,
            original_duration=original_duration,
            width=width,
            height=height,
            total_frame=total_frame,
            normalized_video=normalized_video,
        )

        multi_elements_selection.additional_properties = d
        return multi_elements_selection

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
