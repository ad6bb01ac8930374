from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.avatar_mode import AvatarMode, check_avatar_mode
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="AvatarRequest")


@_attrs_define(kw_only=True)
class AvatarRequest:
    """Avatar: A portrait that speaks or sings the given audio.
    The body of createAvatarTask, POST /v1/videos/avatar/image2video.
    The portrait, and the audio to speak.
    Rules:
    - exactly one of audio_id and sound_file must have a value; leave the other one out.

    Attributes:
        image: The portrait, a URL or bare base64.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        audio_id: Id of an audio clip that the speech API made in the last 30 days, 2 to 300 s long. Give this or
            sound_file.
        sound_file: The audio, a URL or bare base64. Give this or audio_id. The service checks its content.
            Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists
            them.
            Limits: mp3 or wav or m4a or aac, at most 5 MiB, 2 to 300 s.
        prompt: Movement, emotion and camera.
        mode: Resolution of the video, which affects the price.
            Kling's default: `std`.
            Resolution of the video, which affects the price; pro is the higher one.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    image: str
    """ The portrait, a URL or bare base64.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    audio_id: str | Unset = UNSET
    """ Id of an audio clip that the speech API made in the last 30 days, 2 to 300 s long. Give this or sound_file.
    """
    sound_file: str | Unset = UNSET
    """ The audio, a URL or bare base64. Give this or audio_id. The service checks its content.
    Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists them.
    Limits: mp3 or wav or m4a or aac, at most 5 MiB, 2 to 300 s. """
    prompt: str | Unset = UNSET
    """ Movement, emotion and camera. """
    mode: AvatarMode | Unset = UNSET
    """ Resolution of the video, which affects the price.
    Kling's default: `std`.
    Resolution of the video, which affects the price; pro is the higher one. """
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
        image = self.image

        audio_id = self.audio_id

        sound_file = self.sound_file

        prompt = self.prompt

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image": image,
            }
        )
        if audio_id is not UNSET:
            field_dict["audio_id"] = audio_id
        if sound_file is not UNSET:
            field_dict["sound_file"] = sound_file
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if mode is not UNSET:
            field_dict["mode"] = mode
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
        image = d.pop("image")

        audio_id = d.pop("audio_id", UNSET)

        sound_file = d.pop("sound_file", UNSET)

        prompt = d.pop("prompt", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: AvatarMode | Unset
        if _mode is None or isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_avatar_mode(_mode)

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

        avatar_request = cls(
            image=image,
            audio_id=audio_id,
            sound_file=sound_file,
            prompt=prompt,
            mode=mode,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return avatar_request


from ..models.watermark_info import WatermarkInfo
