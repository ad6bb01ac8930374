from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.five_or_ten_seconds import FiveOrTenSeconds, check_five_or_ten_seconds
from ..models.native_audio import NativeAudio, check_native_audio
from ..models.resolution import Resolution, check_resolution
from ..models.video_aspect_ratio import VideoAspectRatio, check_video_aspect_ratio
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling26TextToVideoSettings")


@_attrs_define(kw_only=True)
class Kling26TextToVideoSettings:
    """Settings for the video.

    Attributes:
        resolution: Kling's default: `720p`.
            Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, and 1080p is
            mode pro.
            When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p.
        aspect_ratio: Width to height of the video.
            Kling's default: `16:9`.
        duration: Length of the video in seconds, 5 or 10; a number here, a string in the /v1 standard.
            Kling's default: `5`.
            Length of the video in seconds; a number here, a string in the /v1 standard.
        audio: Native audio: whether to make sound too. A video with native audio costs more. It needs resolution
            1080p. According to Kling's pages the default is off, but one application saw the opposite, so set this
            field.
            Kling's default: `off`.
            Native audio: whether the model makes sound together with the video. A video with native audio costs
            more.
        seed: Kling's pages do not mention this field. Kling checks it, and refuses text that is not a number. The
            effect of the field is not known.
    """

    resolution: Resolution | Unset = UNSET
    """ Kling's default: `720p`.
    Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, and 1080p is mode pro.
    When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p. """
    aspect_ratio: VideoAspectRatio | Unset = UNSET
    """ Width to height of the video.
    Kling's default: `16:9`. """
    duration: FiveOrTenSeconds | Unset = UNSET
    """ Length of the video in seconds, 5 or 10; a number here, a string in the /v1 standard.
    Kling's default: `5`.
    Length of the video in seconds; a number here, a string in the /v1 standard. """
    audio: NativeAudio | Unset = UNSET
    """ Native audio: whether to make sound too. A video with native audio costs more. It needs resolution 1080p.
    According to Kling's pages the default is off, but one application saw the opposite, so set this field.
    Kling's default: `off`.
    Native audio: whether the model makes sound together with the video. A video with native audio costs more. """
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

        duration: int | Unset = UNSET
        if not isinstance(self.duration, Unset):
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

        _duration = d.pop("duration", UNSET)
        duration: FiveOrTenSeconds | Unset
        if _duration is None or isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_five_or_ten_seconds(_duration)

        _audio = d.pop("audio", UNSET)
        audio: NativeAudio | Unset
        if _audio is None or isinstance(_audio, Unset):
            audio = UNSET
        else:
            audio = check_native_audio(_audio)

        seed = d.pop("seed", UNSET)

        if d:
            raise unknown_field(cls, d)

        kling_26_text_to_video_settings = cls(
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            duration=duration,
            audio=audio,
            seed=seed,
        )

        return kling_26_text_to_video_settings
