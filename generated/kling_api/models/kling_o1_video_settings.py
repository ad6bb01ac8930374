from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.original_audio import OriginalAudio, check_original_audio
from ..models.resolution import Resolution, check_resolution
from ..models.video_aspect_ratio import VideoAspectRatio, check_video_aspect_ratio
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="KlingO1VideoSettings")


@_attrs_define(kw_only=True)
class KlingO1VideoSettings:
    """Settings for the video.

    Attributes:
        resolution: Kling's default: `720p`.
            Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, and 1080p is
            mode pro.
            When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p.
        aspect_ratio: Width to height of the video. It must be given when there is no first frame and no video, although
            Kling's page names 16:9 as the default.
        duration: Length of the video in seconds, 3 to 10; a number here, a string in the /v1 standard.
            Kling's default: `5`.
        audio: Whether to keep the sound of the video; the model itself makes none.
            Kling's default: `off`.
            Whether the result keeps the sound of the input video.
        seed: Kling's pages do not mention this field. Kling checks it, and refuses text that is not a number. The
            effect of the field is not known.
    """

    resolution: Resolution | Unset = UNSET
    """ Kling's default: `720p`.
    Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, and 1080p is mode pro.
    When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p. """
    aspect_ratio: VideoAspectRatio | Unset = UNSET
    """ Width to height of the video. It must be given when there is no first frame and no video, although Kling's
    page names 16:9 as the default. """
    duration: int | Unset = UNSET
    """ Length of the video in seconds, 3 to 10; a number here, a string in the /v1 standard.
    Kling's default: `5`. """
    audio: OriginalAudio | Unset = UNSET
    """ Whether to keep the sound of the video; the model itself makes none.
    Kling's default: `off`.
    Whether the result keeps the sound of the input video. """
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
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _resolution = d.pop("resolution", UNSET)
        resolution: Resolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_resolution(_resolution)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: VideoAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_video_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        _audio = d.pop("audio", UNSET)
        audio: OriginalAudio | Unset
        if _audio is None or isinstance(_audio, Unset):
            audio = UNSET
        else:
            audio = check_original_audio(_audio)

        seed = d.pop("seed", UNSET)

        if d:
            raise unknown_field(cls, d)

        kling_o1_video_settings = cls(
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            duration=duration,
            audio=audio,
            seed=seed,
        )

        return kling_o1_video_settings
