from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="Kling30MotionControlRequest")


@_attrs_define(kw_only=True)
class Kling30MotionControlRequest:
    """Kling 3.0 motion control: A video in which the person in an image copies the movement of a person in a video.
    The body of createKling30MotionControlTask, POST /motion-control/kling-3.0.
    The character to animate, and the motion.
    Rules:
    - the prompt in contents must have at most 2500 characters with this model.
    - contents must have at most one element.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: Settings for the video.
        options: Options that do not change the video.
    """

    contents: list[ElementContent | ImageContent | PromptContent | VideoContent]
    """ The input, a list of parts in any order. """
    settings: Kling30MotionControlSettings
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
            elif isinstance(contents_item_data, ImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, VideoContent):
                contents_item = contents_item_data.to_dict()
            else:
                contents_item = contents_item_data.to_dict()

            contents.append(contents_item)

        settings = self.settings.to_dict()

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "contents": contents,
                "settings": settings,
            }
        )
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
            ) -> ElementContent | ImageContent | PromptContent | VideoContent:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_motion_control_content_type_0 = (
                        PromptContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_motion_control_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_motion_control_content_type_1 = (
                        ImageContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_motion_control_content_type_1
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_kling_30_motion_control_content_type_2 = (
                        VideoContent.from_dict(data)
                    )

                    return componentsschemas_kling_30_motion_control_content_type_2
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_kling_30_motion_control_content_type_3 = (
                    ElementContent.from_dict(data)
                )

                return componentsschemas_kling_30_motion_control_content_type_3

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        settings = Kling30MotionControlSettings.from_dict(d.pop("settings"))

        _options = d.pop("options", UNSET)
        options: TaskOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = TaskOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        kling_30_motion_control_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return kling_30_motion_control_request


from ..models.element_content import ElementContent
from ..models.image_content import ImageContent
from ..models.kling_30_motion_control_settings import Kling30MotionControlSettings
from ..models.prompt_content import PromptContent
from ..models.task_options import TaskOptions
from ..models.video_content import VideoContent
