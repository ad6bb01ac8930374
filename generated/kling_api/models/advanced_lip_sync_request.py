from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="AdvancedLipSyncRequest")


@_attrs_define(kw_only=True)
class AdvancedLipSyncRequest:
    """Advanced lip sync: A person in a video speaks the given audio. First create a session, which finds the faces in the
    video; then choose one of them.
    The body of createAdvancedLipSyncTask, POST /v1/videos/advanced-lip-sync.
    The face, and the audio that it speaks.
    Rules:
    - face_choose must use at least 2000 ms of the audio: sound_end_time minus sound_start_time must be 2000 or more.

    Attributes:
        session_id: Session in which the faces were found.
        face_choose: The face and its audio. Kling accepts only one face so far.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    session_id: str
    """ Session in which the faces were found. """
    face_choose: list[AdvancedLipSyncFace]
    """ The face and its audio. Kling accepts only one face so far. """
    watermark_info: WatermarkInfo | Unset = UNSET
    """ Whether to make a watermarked copy too. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        session_id = self.session_id

        face_choose = []
        for face_choose_item_data in self.face_choose:
            face_choose_item = face_choose_item_data.to_dict()
            face_choose.append(face_choose_item)

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "session_id": session_id,
                "face_choose": face_choose,
            }
        )
        if watermark_info is not UNSET:
            field_dict["watermark_info"] = watermark_info
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        session_id = d.pop("session_id")

        face_choose = []
        _face_choose = d.pop("face_choose")
        for face_choose_item_data in _face_choose:
            face_choose_item = AdvancedLipSyncFace.from_dict(face_choose_item_data)

            face_choose.append(face_choose_item)

        _watermark_info = d.pop("watermark_info", UNSET)
        watermark_info: WatermarkInfo | Unset
        if _watermark_info is None or isinstance(_watermark_info, Unset):
            watermark_info = UNSET
        else:
            watermark_info = WatermarkInfo.from_dict(_watermark_info)

        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        advanced_lip_sync_request = cls(
            session_id=session_id,
            face_choose=face_choose,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return advanced_lip_sync_request


from ..models.advanced_lip_sync_face import AdvancedLipSyncFace
from ..models.watermark_info import WatermarkInfo
