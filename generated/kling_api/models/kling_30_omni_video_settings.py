from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.high_resolution import HighResolution, check_high_resolution
from ..models.kling_30_omni_video_audio import (
    Kling30OmniVideoAudio,
    check_kling_30_omni_video_audio,
)
from ..models.video_aspect_ratio import VideoAspectRatio, check_video_aspect_ratio
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling30OmniVideoSettings")


@_attrs_define(kw_only=True)
class Kling30OmniVideoSettings:
    """Settings for the video.

    Attributes:
        resolution: Kling's default: `720p`.
            Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, 1080p is mode
            pro, and 4k is mode 4k.
            When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p.
        aspect_ratio: Width to height of the video. It must be given when there is no first_frame and no base_video, although
            Kling's page names 16:9 as the default.
        duration: Length of the video in seconds, 3 to 15; a number here, a string in the /v1 standard.
            Kling's default: `5`.
        audio: With native, the model makes sound (native audio), which costs more. With original, the result keeps the
            sound of the video.
            Kling's default: `off`.
            With native, the model makes sound; with original, the result keeps the sound of the input video; with
            off, the result is silent.
        multi_shot: Whether the model may cut the video into shots. True by default, unlike in the /v1 standard. With false,
            even a storyboard makes one shot.
            Kling's default: `true`.
        seed: Kling's pages do not mention this field. Kling checks it, and refuses text that is not a number. The
            effect of the field is not known.
    """

    resolution: HighResolution | Unset = UNSET
    """ Kling's default: `720p`.
    Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, 1080p is mode pro, and
    4k is mode 4k.
    When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p. """
    aspect_ratio: VideoAspectRatio | Unset = UNSET
    """ Width to height of the video. It must be given when there is no first_frame and no base_video, although
    Kling's page names 16:9 as the default. """
    duration: int | Unset = UNSET
    """ Length of the video in seconds, 3 to 15; a number here, a string in the /v1 standard.
    Kling's default: `5`. """
    audio: Kling30OmniVideoAudio | Unset = UNSET
    """ With native, the model makes sound (native audio), which costs more. With original, the result keeps the
    sound of the video.
    Kling's default: `off`.
    With native, the model makes sound; with original, the result keeps the sound of the input video; with off, the
    result is silent. """
    multi_shot: bool | Unset = UNSET
    """ Whether the model may cut the video into shots. True by default, unlike in the /v1 standard. With false,
    even a storyboard makes one shot.
    Kling's default: `true`. """
    seed: int | Unset = UNSET
    """ Kling's pages do not mention this field. Kling checks it, and refuses text that is not a number. The effect
    of the field is not known. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration = self.duration

        audio: str | Unset = UNSET
        if not isinstance(self.audio, Unset):
            audio = self.audio

        multi_shot = self.multi_shot

        seed = self.seed

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if duration is not UNSET:
            field_dict["duration"] = duration
        if audio is not UNSET:
            field_dict["audio"] = audio
        if multi_shot is not UNSET:
            field_dict["multi_shot"] = multi_shot
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _resolution = d.pop("resolution", UNSET)
        resolution: HighResolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_high_resolution(_resolution)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: VideoAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_video_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        _audio = d.pop("audio", UNSET)
        audio: Kling30OmniVideoAudio | Unset
        if _audio is None or isinstance(_audio, Unset):
            audio = UNSET
        else:
            audio = check_kling_30_omni_video_audio(_audio)

        multi_shot = d.pop("multi_shot", UNSET)

        seed = d.pop("seed", UNSET)

        if d:
            raise unknown_field(cls, d)

        kling_30_omni_video_settings = cls(
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            duration=duration,
            audio=audio,
            multi_shot=multi_shot,
            seed=seed,
        )

        return kling_30_omni_video_settings
