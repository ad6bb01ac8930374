from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling30OmniVideoRequest")


@_attrs_define(kw_only=True)
class Kling30OmniVideoRequest:
    """Kling 3.0 Omni video: A video from any mix of text, images, elements and one video.
    The body of createKling30OmniVideoTask, POST /omni-video/kling-3.0-omni.
    The video to make.
    Rules:
    - contents must have at most one first_frame and at most one last_frame; send other images as refer_image.
    - contents must have a first_frame when it has a last_frame.
    - contents must have at most one video: either a feature_video or a base_video.
    - contents must have no first_frame and no last_frame with a base_video; send such images as refer_image.
    - contents must have at most 7 refer_images and elements together, or 4 with a feature_video or base_video.
    - settings.aspect_ratio must be given when contents has no first_frame and no base_video; a feature_video is not
    enough.
    - contents must not have the same id twice: the prompt refers to a part by @ and its id.
    - contents must have at most 3 elements with a first_frame.
    - settings.audio must not be "native" when contents has a feature_video, because the model then makes no sound.
    - settings.multi_shot must be false when contents has a base_video; the default is true.
    - settings.audio must not be "native" when contents has a base_video, because the model then makes no sound.
    - settings.audio must not be "original" when contents has no base_video and no feature_video, because there is no
    sound to keep.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: Settings for the video.
        options: Options that do not change the video.
    """

    contents: list[
        BaseVideoContent
        | ElementContent
        | FeatureVideoContent
        | FirstFrameContent
        | LastFrameContent
        | PromptContent
        | ReferImageContent
        | UnusedImageContent
        | UnusedVideoContent
    ]
    """ The input, a list of parts in any order. """
    settings: Kling30OmniVideoSettings | Unset = UNSET
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
            elif isinstance(contents_item_data, ReferImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, FeatureVideoContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, BaseVideoContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, ElementContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, UnusedImageContent):
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
            ) -> (
                BaseVideoContent
                | ElementContent
                | FeatureVideoContent
                | FirstFrameContent
                | LastFrameContent
                | PromptContent
                | ReferImageContent
                | UnusedImageContent
                | UnusedVideoContent
            ):
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_0 = (
                        PromptContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_1 = (
                        FirstFrameContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_1
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_2 = (
                        LastFrameContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_2
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_3 = (
                        ReferImageContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_3
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_4 = (
                        FeatureVideoContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_4
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_5 = (
                        BaseVideoContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_5
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_6 = (
                        ElementContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_6
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_omni_video_content_type_7 = (
                        UnusedImageContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_omni_video_content_type_7
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_kling_30_omni_video_content_type_8 = (
                    UnusedVideoContent.from_dict(data)
                )

                return componentsschemas_kling_30_omni_video_content_type_8

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        _settings = d.pop("settings", UNSET)
        settings: Kling30OmniVideoSettings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = Kling30OmniVideoSettings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: TaskOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = TaskOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        kling_30_omni_video_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return kling_30_omni_video_request


from ..models.base_video_content import BaseVideoContent
from ..models.element_content import ElementContent
from ..models.feature_video_content import FeatureVideoContent
from ..models.first_frame_content import FirstFrameContent
from ..models.kling_30_omni_video_settings import Kling30OmniVideoSettings
from ..models.last_frame_content import LastFrameContent
from ..models.prompt_content import PromptContent
from ..models.refer_image_content import ReferImageContent
from ..models.task_options import TaskOptions
from ..models.unused_image_content import UnusedImageContent
from ..models.unused_video_content import UnusedVideoContent
