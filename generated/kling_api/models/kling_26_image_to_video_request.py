from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling26ImageToVideoRequest")


@_attrs_define(kw_only=True)
class Kling26ImageToVideoRequest:
    """Kling 2.6 image to video: A video that begins with a given image.
    The body of createKling26ImageToVideoTask, POST /image-to-video/kling-2.6.
    The video to make.
    Rules:
    - contents must have a first_frame, the image that the video begins with. A last_frame by itself does not work.
    - the prompt in contents must have at most 2500 characters with this model.
    - settings.audio can be "native" with this model only when settings.resolution is 1080p; the default resolution is
    720p.
    - settings.resolution must be 1080p when contents has a last_frame; the default is 720p.
    - settings.audio must be "off" when contents has a last_frame.
    - settings.audio must be "native" when contents has a voice; the default is "off".
    - contents must have at most 2 voices.
    - contents must not have the same id twice: the prompt refers to a part by @ and its id.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: Settings for the video.
        options: Options that do not change the video.
    """

    contents: list[FirstFrameContent | LastFrameContent | PromptContent | VoiceContent]
    """ The input, a list of parts in any order. """
    settings: Kling26ImageToVideoSettings | Unset = UNSET
    """ Settings for the video. """
    options: TaskOptions | Unset = UNSET
    """ Options that do not change the video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        contents = []
        for contents_item_data in self.contents:
            contents_item: dict[str, Any]
            if isinstance(contents_item_data, PromptContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, FirstFrameContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, LastFrameContent):
                contents_item = contents_item_data.to_dict()
            else:
                contents_item = contents_item_data.to_dict()

            contents.append(contents_item)

        settings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.settings, Unset):
            settings = self.settings.to_dict()

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "contents": contents,
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
        contents = []
        _contents = d.pop("contents")
        for contents_item_data in _contents:

            def _parse_contents_item(
                data: object,
            ) -> FirstFrameContent | LastFrameContent | PromptContent | VoiceContent:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_26_image_to_video_content_type_0 = (
                        PromptContent.from_dict(data)
                    )

                    return componentsschemas_kling_26_image_to_video_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_26_image_to_video_content_type_1 = (
                        FirstFrameContent.from_dict(data)
                    )

                    return componentsschemas_kling_26_image_to_video_content_type_1
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_26_image_to_video_content_type_2 = (
                        LastFrameContent.from_dict(data)
                    )

                    return componentsschemas_kling_26_image_to_video_content_type_2
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_kling_26_image_to_video_content_type_3 = (
                    VoiceContent.from_dict(data)
                )

                return componentsschemas_kling_26_image_to_video_content_type_3

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        _settings = d.pop("settings", UNSET)
        settings: Kling26ImageToVideoSettings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = Kling26ImageToVideoSettings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: TaskOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = TaskOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        kling_26_image_to_video_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return kling_26_image_to_video_request


from ..models.first_frame_content import FirstFrameContent
from ..models.kling_26_image_to_video_settings import Kling26ImageToVideoSettings
from ..models.last_frame_content import LastFrameContent
from ..models.prompt_content import PromptContent
from ..models.task_options import TaskOptions
from ..models.voice_content import VoiceContent
