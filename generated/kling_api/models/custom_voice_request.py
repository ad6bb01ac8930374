from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="CustomVoiceRequest")


@_attrs_define(kw_only=True)
class CustomVoiceRequest:
    """Custom voice: Voices for the video models: your own voices, and Kling's preset voices.
    The body of createCustomVoiceTask, POST /v1/general/custom-voices.
    The speaker, and a name for the voice.
    Rules:
    - exactly one of voice_url and video_id must have a value; leave the other one out.

    Attributes:
        voice_name: Name of the voice.
        voice_url: URL of a clean recording of one human voice, or of a video with such a voice. Give this or video_id.
            Kling documents no limit in bytes.
            Limits: mp3 or wav or mp4 or mov, 5 to 30 s.
        video_id: Id of a video that Kling made, with 5 to 30 s of one voice. Give this or voice_url.
            It must be a video of kling-v2-6 with sound on, of avatar or of lip sync.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    voice_name: str
    """ Name of the voice. """
    voice_url: str | Unset = UNSET
    """ URL of a clean recording of one human voice, or of a video with such a voice. Give this or video_id. Kling
    documents no limit in bytes.
    Limits: mp3 or wav or mp4 or mov, 5 to 30 s. """
    video_id: str | Unset = UNSET
    """ Id of a video that Kling made, with 5 to 30 s of one voice. Give this or voice_url.
    It must be a video of kling-v2-6 with sound on, of avatar or of lip sync. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        voice_name = self.voice_name

        voice_url = self.voice_url

        video_id = self.video_id

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "voice_name": voice_name,
            }
        )
        if voice_url is not UNSET:
            field_dict["voice_url"] = voice_url
        if video_id is not UNSET:
            field_dict["video_id"] = video_id
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        voice_name = d.pop("voice_name")

        voice_url = d.pop("voice_url", UNSET)

        video_id = d.pop("video_id", UNSET)

        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        custom_voice_request = cls(
            voice_name=voice_name,
            voice_url=voice_url,
            video_id=video_id,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return custom_voice_request
