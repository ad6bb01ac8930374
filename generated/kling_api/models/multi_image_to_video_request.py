from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.multi_image_to_video_duration import (
    MultiImageToVideoDuration,
    check_multi_image_to_video_duration,
)
from ..models.multi_image_to_video_model import (
    MultiImageToVideoModel,
    check_multi_image_to_video_model,
)
from ..models.std_or_pro_mode import StdOrProMode, check_std_or_pro_mode
from ..models.video_aspect_ratio import VideoAspectRatio, check_video_aspect_ratio
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="MultiImageToVideoRequest")


@_attrs_define(kw_only=True)
class MultiImageToVideoRequest:
    """Multi-image to video: A video with the subjects of one to four images. This product is closed; use omni video
    instead.
    The body of createMultiImageToVideoTask, POST /v1/videos/multi-image2video.
    The video to make.

    Attributes:
        image_list: The subjects.
        prompt: What to show.
        model_name: Model to use. The only value is the default, and it is retired.
            Kling's default: `kling-v1-6`.
            `kling-v1-6` is retired since 2026-09-15.
        negative_prompt: What to avoid.
        mode: Resolution of the video, which affects the price.
            Kling's default: `std`.
            Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p.
        duration: Length in seconds, a string. Each value works in mode std and in mode pro.
            Kling's default: `5`.
            Length of the video in whole seconds, written as a string.
        aspect_ratio: Width to height of the video.
            Kling's default: `16:9`.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    image_list: list[MultiImageToVideoImage]
    """ The subjects. """
    prompt: str
    """ What to show. """
    model_name: MultiImageToVideoModel | Unset = UNSET
    """ Model to use. The only value is the default, and it is retired.
    Kling's default: `kling-v1-6`.
    `kling-v1-6` is retired since 2026-09-15. """
    negative_prompt: str | Unset = UNSET
    """ What to avoid. """
    mode: StdOrProMode | Unset = UNSET
    """ Resolution of the video, which affects the price.
    Kling's default: `std`.
    Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p. """
    duration: MultiImageToVideoDuration | Unset = UNSET
    """ Length in seconds, a string. Each value works in mode std and in mode pro.
    Kling's default: `5`.
    Length of the video in whole seconds, written as a string. """
    aspect_ratio: VideoAspectRatio | Unset = UNSET
    """ Width to height of the video.
    Kling's default: `16:9`. """
    watermark_info: WatermarkInfo | Unset = UNSET
    """ Whether to make a watermarked copy too. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        image_list = []
        for image_list_item_data in self.image_list:
            image_list_item = image_list_item_data.to_dict()
            image_list.append(image_list_item)

        prompt = self.prompt

        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        negative_prompt = self.negative_prompt

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        duration: str | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image_list": image_list,
                "prompt": prompt,
            }
        )
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if mode is not UNSET:
            field_dict["mode"] = mode
        if duration is not UNSET:
            field_dict["duration"] = duration
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if watermark_info is not UNSET:
            field_dict["watermark_info"] = watermark_info
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_list = []
        _image_list = d.pop("image_list")
        for image_list_item_data in _image_list:
            image_list_item = MultiImageToVideoImage.from_dict(image_list_item_data)

            image_list.append(image_list_item)

        prompt = d.pop("prompt")

        _model_name = d.pop("model_name", UNSET)
        model_name: MultiImageToVideoModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_multi_image_to_video_model(_model_name)

        negative_prompt = d.pop("negative_prompt", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: StdOrProMode | Unset
        if _mode is None or isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_std_or_pro_mode(_mode)

        _duration = d.pop("duration", UNSET)
        duration: MultiImageToVideoDuration | Unset
        if _duration is None or isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_multi_image_to_video_duration(_duration)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: VideoAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_video_aspect_ratio(_aspect_ratio)

        _watermark_info = d.pop("watermark_info", UNSET)
        watermark_info: WatermarkInfo | Unset
        if _watermark_info is None or isinstance(_watermark_info, Unset):
            watermark_info = UNSET
        else:
            watermark_info = WatermarkInfo.from_dict(_watermark_info)

        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        multi_image_to_video_request = cls(
            image_list=image_list,
            prompt=prompt,
            model_name=model_name,
            negative_prompt=negative_prompt,
            mode=mode,
            duration=duration,
            aspect_ratio=aspect_ratio,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return multi_image_to_video_request


from ..models.multi_image_to_video_image import MultiImageToVideoImage
from ..models.watermark_info import WatermarkInfo
