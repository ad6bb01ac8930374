from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.original_sound_switch import (
    OriginalSoundSwitch,
    check_original_sound_switch,
)
from ..models.video_role import VideoRole, check_video_role
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="OmniVideoInput")


@_attrs_define(kw_only=True)
class OmniVideoInput:
    """A video that prompt names as <<<video_1>>>.

    Attributes:
        video_url: The video. Each side has 720 to 2160 px, and the video has 24 to 60 frames a second. The result has 24
            frames a second.
            It lasts 3 to 10 s with kling-video-o1, and 3 to 15 s with kling-v3-omni (since 2026-06-17).
            Open: whether the wider limits of the current standard (15.5 s, 700 to 4553 px) hold here too.
            Limits: mp4 or mov, at most 200 MiB, each side at least 720 px, at most 2160 px, 24 to 60 frames a
            second, 3 to 15 s.
        refer_type: How Kling uses the video.
            Kling's default: `base`.
            base is a video to edit, feature is a reference for things such as camera movement or style.
        keep_original_sound: Whether to keep the sound of the video, for every refer_type.
            Whether the result keeps the sound of the input video.
    """

    video_url: str
    """ The video. Each side has 720 to 2160 px, and the video has 24 to 60 frames a second. The result has 24
    frames a second.
    It lasts 3 to 10 s with kling-video-o1, and 3 to 15 s with kling-v3-omni (since 2026-06-17).
    Open: whether the wider limits of the current standard (15.5 s, 700 to 4553 px) hold here too.
    Limits: mp4 or mov, at most 200 MiB, each side at least 720 px, at most 2160 px, 24 to 60 frames a second, 3 to
    15 s. """
    refer_type: VideoRole | Unset = UNSET
    """ How Kling uses the video.
    Kling's default: `base`.
    base is a video to edit, feature is a reference for things such as camera movement or style. """
    keep_original_sound: OriginalSoundSwitch | Unset = UNSET
    """ Whether to keep the sound of the video, for every refer_type.
    Whether the result keeps the sound of the input video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        video_url = self.video_url

        refer_type: str | Unset = UNSET
        if not isinstance(self.refer_type, Unset):
            refer_type = self.refer_type

        keep_original_sound: str | Unset = UNSET
        if not isinstance(self.keep_original_sound, Unset):
            keep_original_sound = self.keep_original_sound

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_url": video_url,
            }
        )
        if refer_type is not UNSET:
            field_dict["refer_type"] = refer_type
        if keep_original_sound is not UNSET:
            field_dict["keep_original_sound"] = keep_original_sound

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_url = d.pop("video_url")

        _refer_type = d.pop("refer_type", UNSET)
        refer_type: VideoRole | Unset
        if _refer_type is None or isinstance(_refer_type, Unset):
            refer_type = UNSET
        else:
            refer_type = check_video_role(_refer_type)

        _keep_original_sound = d.pop("keep_original_sound", UNSET)
        keep_original_sound: OriginalSoundSwitch | Unset
        if _keep_original_sound is None or isinstance(_keep_original_sound, Unset):
            keep_original_sound = UNSET
        else:
            keep_original_sound = check_original_sound_switch(_keep_original_sound)

        if d:
            raise unknown_field(cls, d)

        omni_video_input = cls(
            video_url=video_url,
            refer_type=refer_type,
            keep_original_sound=keep_original_sound,
        )

        return omni_video_input
