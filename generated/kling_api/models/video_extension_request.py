from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VideoExtensionRequest")


@_attrs_define(kw_only=True)
class VideoExtensionRequest:
    """Video extension: A video that continues another video. Since 2026-09-15, no model makes videos that can be
    continued; use omni video instead.
    The body of createVideoExtensionTask, POST /v1/videos/video-extend.
    The video to extend, and how. You cannot choose model and mode.
    Videos of kling-v1 do not support negative_prompt and cfg_scale. The id of a video does not show its model.

    Attributes:
        video_id: Id of the video, from the result of the task that made it. The task id does not work.
        prompt: What to show next.
        negative_prompt: What to avoid. Not for videos of kling-v1.
        cfg_scale: How closely to follow the prompt; higher is closer. Not for videos of kling-v1.
            Kling's default: `0.5`.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    video_id: str
    """ Id of the video, from the result of the task that made it. The task id does not work. """
    prompt: str | Unset = UNSET
    """ What to show next. """
    negative_prompt: str | Unset = UNSET
    """ What to avoid. Not for videos of kling-v1. """
    cfg_scale: float | Unset = UNSET
    """ How closely to follow the prompt; higher is closer. Not for videos of kling-v1.
    Kling's default: `0.5`. """
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
        video_id = self.video_id

        prompt = self.prompt

        negative_prompt = self.negative_prompt

        cfg_scale = self.cfg_scale

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_id": video_id,
            }
        )
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if cfg_scale is not UNSET:
            field_dict["cfg_scale"] = cfg_scale
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
        video_id = d.pop("video_id")

        prompt = d.pop("prompt", UNSET)

        negative_prompt = d.pop("negative_prompt", UNSET)

        cfg_scale = d.pop("cfg_scale", UNSET)

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

        video_extension_request = cls(
            video_id=video_id,
            prompt=prompt,
            negative_prompt=negative_prompt,
            cfg_scale=cfg_scale,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return video_extension_request


from ..models.watermark_info import WatermarkInfo
