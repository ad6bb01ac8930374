from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="LipSyncRequest")


@_attrs_define(kw_only=True)
class LipSyncRequest:
    """Lip sync: The older form of lip sync, in one step. A person in a video speaks a text or an audio clip.
    The body of createLipSyncTask, POST /v1/videos/lip-sync.
    The video, and what the person in it says.

    Attributes:
        input_: The video, and the text or the audio.
            Rules:
            - exactly one of video_id and video_url must have a value; leave the other one out.
            - text must not be empty or blank when mode is text2video.
            - voice_id must not be empty when mode is text2video.
            - audio_type must be file or url when mode is audio2video.
            - audio_file must not be empty when mode is audio2video and audio_type is file.
            - audio_url must not be empty when mode is audio2video and audio_type is url.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
    """

    input_: LipSyncInput
    """ The video, and the text or the audio.
    Rules:
    - exactly one of video_id and video_url must have a value; leave the other one out.
    - text must not be empty or blank when mode is text2video.
    - voice_id must not be empty when mode is text2video.
    - audio_type must be file or url when mode is audio2video.
    - audio_file must not be empty when mode is audio2video and audio_type is file.
    - audio_url must not be empty when mode is audio2video and audio_type is url. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        input_ = self.input_.to_dict()

        callback_url = self.callback_url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "input": input_,
            }
        )
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        input_ = LipSyncInput.from_dict(d.pop("input"))

        callback_url = d.pop("callback_url", UNSET)

        if d:
            raise unknown_field(cls, d)

        lip_sync_request = cls(
            input_=input_,
            callback_url=callback_url,
        )

        return lip_sync_request


from ..models.lip_sync_input import LipSyncInput
