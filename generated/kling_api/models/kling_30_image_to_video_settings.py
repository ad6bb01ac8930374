from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.high_resolution import HighResolution, check_high_resolution
from ..models.native_audio import NativeAudio, check_native_audio
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling30ImageToVideoSettings")


@_attrs_define(kw_only=True)
class Kling30ImageToVideoSettings:
    """Settings for the video.

    Attributes:
        resolution: Kling's default: `720p`.
            Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, 1080p is mode
            pro, and 4k is mode 4k.
            When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p.
        duration: Length of the video in seconds, 3 to 15; a number here, a string in the /v1 standard.
            Kling's default: `5`.
        audio: Native audio: whether to make sound too. A video with native audio costs more. According to Kling's
            pages the default is off, but one application saw the opposite, so set this field.
            Kling's default: `off`.
            Native audio: whether the model makes sound together with the video. A video with native audio costs
            more.
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
    duration: int | Unset = UNSET
    """ Length of the video in seconds, 3 to 15; a number here, a string in the /v1 standard.
    Kling's default: `5`. """
    audio: NativeAudio | Unset = UNSET
    """ Native audio: whether to make sound too. A video with native audio costs more. According to Kling's pages
    the default is off, but one application saw the opposite, so set this field.
    Kling's default: `off`.
    Native audio: whether the model makes sound together with the video. A video with native audio costs more. """
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

        duration = d.pop("duration", UNSET)

        _audio = d.pop("audio", UNSET)
        audio: NativeAudio | Unset
        if _audio is None or isinstance(_audio, Unset):
            audio = UNSET
        else:
            audio = check_native_audio(_audio)

        multi_shot = d.pop("multi_shot", UNSET)

        seed = d.pop("seed", UNSET)

        if d:
            raise unknown_field(cls, d)

        kling_30_image_to_video_settings = cls(
            resolution=resolution,
            duration=duration,
            audio=audio,
            multi_shot=multi_shot,
            seed=seed,
        )

        return kling_30_image_to_video_settings
