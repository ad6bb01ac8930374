from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.commerce_voice import CommerceVoice, check_commerce_voice
from ..models.solution_resolution import SolutionResolution, check_solution_resolution
from ..models.video_commerce_aspect_ratio import (
    VideoCommerceAspectRatio,
    check_video_commerce_aspect_ratio,
)
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VideoCommerceSettings")


@_attrs_define(kw_only=True)
class VideoCommerceSettings:
    """Settings for the video. Kling also accepts the field names in camelCase, such as voiceId.

    Attributes:
        resolution: Kling's default: `720p`.
            Resolution of the video, 720p or 1080p. Write it in lower case, because other paths of the current
            standard refuse 720P.
        aspect_ratio: Kling's default: `9:16`.
            Width to height of the video.
        allow_polish: Whether the service may polish the script.
            Kling's default: `false`.
        voice_id: One of Kling's voices; the name says how it sounds. Needed with an avatar_image, and not allowed with an
            avatar_id.
        speech_rate: How fast the presenter speaks. Not allowed when contents has a part about goods.
            Kling's default: `1`.
            One of `0.8`, `1`, `1.2`.
        action_prompt: How the presenter moves and sounds, at most 2500 characters.
        bgm_enabled: Whether there is background music.
            Kling's default: `false`.
    """

    resolution: SolutionResolution | Unset = UNSET
    """ Kling's default: `720p`.
    Resolution of the video, 720p or 1080p. Write it in lower case, because other paths of the current standard
    refuse 720P. """
    aspect_ratio: VideoCommerceAspectRatio | Unset = UNSET
    """ Kling's default: `9:16`.
    Width to height of the video. """
    allow_polish: bool | Unset = UNSET
    """ Whether the service may polish the script.
    Kling's default: `false`. """
    voice_id: CommerceVoice | Unset = UNSET
    """ One of Kling's voices; the name says how it sounds. Needed with an avatar_image, and not allowed with an
    avatar_id. """
    speech_rate: float | Unset = UNSET
    """ How fast the presenter speaks. Not allowed when contents has a part about goods.
    Kling's default: `1`.
    One of `0.8`, `1`, `1.2`. """
    action_prompt: str | Unset = UNSET
    """ How the presenter moves and sounds, at most 2500 characters. """
    bgm_enabled: bool | Unset = UNSET
    """ Whether there is background music.
    Kling's default: `false`. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        allow_polish = self.allow_polish

        voice_id: str | Unset = UNSET
        if not isinstance(self.voice_id, Unset):
            voice_id = self.voice_id

        speech_rate = self.speech_rate

        action_prompt = self.action_prompt

        bgm_enabled = self.bgm_enabled

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if allow_polish is not UNSET:
            field_dict["allow_polish"] = allow_polish
        if voice_id is not UNSET:
            field_dict["voice_id"] = voice_id
        if speech_rate is not UNSET:
            field_dict["speech_rate"] = speech_rate
        if action_prompt is not UNSET:
            field_dict["action_prompt"] = action_prompt
        if bgm_enabled is not UNSET:
            field_dict["bgm_enabled"] = bgm_enabled

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _resolution = d.pop("resolution", UNSET)
        resolution: SolutionResolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_solution_resolution(_resolution)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: VideoCommerceAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_video_commerce_aspect_ratio(_aspect_ratio)

        allow_polish = d.pop("allow_polish", UNSET)

        _voice_id = d.pop("voice_id", UNSET)
        voice_id: CommerceVoice | Unset
        if _voice_id is None or isinstance(_voice_id, Unset):
            voice_id = UNSET
        else:
            voice_id = check_commerce_voice(_voice_id)

        speech_rate = d.pop("speech_rate", UNSET)

        action_prompt = d.pop("action_prompt", UNSET)

        bgm_enabled = d.pop("bgm_enabled", UNSET)

        if d:
            raise unknown_field(cls, d)

        video_commerce_settings = cls(
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            allow_polish=allow_polish,
            voice_id=voice_id,
            speech_rate=speech_rate,
            action_prompt=action_prompt,
            bgm_enabled=bgm_enabled,
        )

        return video_commerce_settings
