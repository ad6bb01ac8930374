from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VideoToAudioRequest")


@_attrs_define(kw_only=True)
class VideoToAudioRequest:
    """Video to audio: Sound effects and background music for a video.
    The body of createVideoToAudioTask, POST /v1/audio/video-to-audio.
    The video, and the sound to add.
    Rules:
    - exactly one of video_id and video_url must have a value; leave the other one out.

    Attributes:
        video_id: Id of a video that Kling made in the last 30 days, 3 to 20 s long. Give this or video_url.
        video_url: The video, a URL. Give this or video_id. Only Kling checks its length.
            Limits: mp4 or mov, at most 100 MiB, 3 to 20 s.
        sound_effect_prompt: Which sound effects to make. Since 2025-09-05.
        bgm_prompt: Which background music to make. Since 2025-09-05.
        asmr_mode: True brings out small sounds nearby.
            Kling's default: `false`.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
    """

    video_id: str | Unset = UNSET
    """ Id of a video that Kling made in the last 30 days, 3 to 20 s long. Give this or video_url. """
    video_url: str | Unset = UNSET
    """ The video, a URL. Give this or video_id. Only Kling checks its length.
    Limits: mp4 or mov, at most 100 MiB, 3 to 20 s. """
    sound_effect_prompt: str | Unset = UNSET
    """ Which sound effects to make. Since 2025-09-05. """
    bgm_prompt: str | Unset = UNSET
    """ Which background music to make. Since 2025-09-05. """
    asmr_mode: bool | Unset = UNSET
    """ True brings out small sounds nearby.
    Kling's default: `false`. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        video_id = self.video_id

        video_url = self.video_url

        sound_effect_prompt = self.sound_effect_prompt

        bgm_prompt = self.bgm_prompt

        asmr_mode = self.asmr_mode

        external_task_id = self.external_task_id

        callback_url = self.callback_url

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if video_id is not UNSET:
            field_dict["video_id"] = video_id
        if video_url is not UNSET:
            field_dict["video_url"] = video_url
        if sound_effect_prompt is not UNSET:
            field_dict["sound_effect_prompt"] = sound_effect_prompt
        if bgm_prompt is not UNSET:
            field_dict["bgm_prompt"] = bgm_prompt
        if asmr_mode is not UNSET:
            field_dict["asmr_mode"] = asmr_mode
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_id = d.pop("video_id", UNSET)

        video_url = d.pop("video_url", UNSET)

        sound_effect_prompt = d.pop("sound_effect_prompt", UNSET)

        bgm_prompt = d.pop("bgm_prompt", UNSET)

        asmr_mode = d.pop("asmr_mode", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        callback_url = d.pop("callback_url", UNSET)

        if d:
            raise unknown_field(cls, d)

        video_to_audio_request = cls(
            video_id=video_id,
            video_url=video_url,
            sound_effect_prompt=sound_effect_prompt,
            bgm_prompt=bgm_prompt,
            asmr_mode=asmr_mode,
            external_task_id=external_task_id,
            callback_url=callback_url,
        )

        return video_to_audio_request
