from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling26TextToVideoRequest")


@_attrs_define(kw_only=True)
class Kling26TextToVideoRequest:
    """Kling 2.6 text to video: A video from a prompt.
    The body of createKling26TextToVideoTask, POST /text-to-video/kling-2.6.
    The video to make.
    Rules:
    - settings.audio can be "native" with this model only when settings.resolution is 1080p; the default resolution is
    720p.

    Attributes:
        prompt: What to show.
        settings: Settings for the video.
        options: Options that do not change the video.
    """

    prompt: str
    """ What to show. """
    settings: Kling26TextToVideoSettings | Unset = UNSET
    """ Settings for the video. """
    options: TaskOptions | Unset = UNSET
    """ Options that do not change the video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        settings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.settings, Unset):
            settings = self.settings.to_dict()

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if settings is not UNSET:
            field_dict["settings"] = settings
        if options is not UNSET:
            field_dict["options"] = options

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        _settings = d.pop("settings", UNSET)
        settings: Kling26TextToVideoSettings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = Kling26TextToVideoSettings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: TaskOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = TaskOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        kling_26_text_to_video_request = cls(
            prompt=prompt,
            settings=settings,
            options=options,
        )

        return kling_26_text_to_video_request


from ..models.kling_26_text_to_video_settings import Kling26TextToVideoSettings
from ..models.task_options import TaskOptions
