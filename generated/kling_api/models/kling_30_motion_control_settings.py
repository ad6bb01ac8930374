from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.character_orientation import (
    CharacterOrientation,
    check_character_orientation,
)
from ..models.original_audio import OriginalAudio, check_original_audio
from ..models.resolution import Resolution, check_resolution
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling30MotionControlSettings")


@_attrs_define(kw_only=True)
class Kling30MotionControlSettings:
    """Settings for the video.

    Attributes:
        character_orientation: Which way the person faces; this also decides how long the video may be.
            With image, the person faces the same way as in the image; with video, the same way as the person in the
            video.
        resolution: Kling's default: `720p`.
            Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, and 1080p is
            mode pro.
            When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p.
        audio: Whether to keep the sound of the video.
            Kling's default: `original`.
            Whether the result keeps the sound of the input video.
        seed: Kling's pages do not mention this field. Kling checks it, and refuses text that is not a number. The
            effect of the field is not known.
    """

    character_orientation: CharacterOrientation
    """ Which way the person faces; this also decides how long the video may be.
    With image, the person faces the same way as in the image; with video, the same way as the person in the video.
    """
    resolution: Resolution | Unset = UNSET
    """ Kling's default: `720p`.
    Resolution of the video, which affects the price. In the /v1 standard, 720p is mode std, and 1080p is mode pro.
    When Kling refuses an unknown value, it lists 480p among the allowed values, but it also refuses 480p. """
    audio: OriginalAudio | Unset = UNSET
    """ Whether to keep the sound of the video.
    Kling's default: `original`.
    Whether the result keeps the sound of the input video. """
    seed: int | Unset = UNSET
    """ Kling's pages do not mention this field. Kling checks it, and refuses text that is not a number. The effect
    of the field is not known. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        character_orientation: str = self.character_orientation

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        audio: str | Unset = UNSET
        if not isinstance(self.audio, Unset):
            audio = self.audio

        seed = self.seed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "character_orientation": character_orientation,
            }
        )
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if audio is not UNSET:
            field_dict["audio"] = audio
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        character_orientation = check_character_orientation(
            d.pop("character_orientation")
        )

        _resolution = d.pop("resolution", UNSET)
        resolution: Resolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_resolution(_resolution)

        _audio = d.pop("audio", UNSET)
        audio: OriginalAudio | Unset
        if _audio is None or isinstance(_audio, Unset):
            audio = UNSET
        else:
            audio = check_original_audio(_audio)

        seed = d.pop("seed", UNSET)

        if d:
            raise unknown_field(cls, d)

        kling_30_motion_control_settings = cls(
            character_orientation=character_orientation,
            resolution=resolution,
            audio=audio,
            seed=seed,
        )

        return kling_30_motion_control_settings
