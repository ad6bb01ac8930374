from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="TextToAudioRequest")


@_attrs_define(kw_only=True)
class TextToAudioRequest:
    """Text to audio: A sound effect from a text.
    The body of createTextToAudioTask, POST /v1/audio/text-to-audio.
    The sound effect to make.

    Attributes:
        prompt: What to hear, in words.
        duration: Length of the sound effect in seconds, a number with at most one decimal place.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
    """

    prompt: str
    """ What to hear, in words. """
    duration: float
    """ Length of the sound effect in seconds, a number with at most one decimal place. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        duration = self.duration

        external_task_id = self.external_task_id

        callback_url = self.callback_url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "duration": duration,
            }
        )
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        duration = d.pop("duration")

        external_task_id = d.pop("external_task_id", UNSET)

        callback_url = d.pop("callback_url", UNSET)

        if d:
            raise unknown_field(cls, d)

        text_to_audio_request = cls(
            prompt=prompt,
            duration=duration,
            external_task_id=external_task_id,
            callback_url=callback_url,
        )

        return text_to_audio_request
