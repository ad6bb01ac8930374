from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VideoCommerceOptions")


@_attrs_define(kw_only=True)
class VideoCommerceOptions:
    """Options that do not change the video.

    Attributes:
        callback_url: URL to which Kling posts the task each time its status changes, at most 1024 characters.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
        watermark: Whether to make a copy with Kling's watermark too. The field is named watermark here, but watermark_info
            in the rest of the current standard.
    """

    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes, at most 1024 characters. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """
    watermark: SolutionWatermark | Unset = UNSET
    """ Whether to make a copy with Kling's watermark too. The field is named watermark here, but watermark_info in
    the rest of the current standard. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        callback_url = self.callback_url

        external_task_id = self.external_task_id

        watermark: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark, Unset):
            watermark = self.watermark.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id
        if watermark is not UNSET:
            field_dict["watermark"] = watermark

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        _watermark = d.pop("watermark", UNSET)
        watermark: SolutionWatermark | Unset
        if _watermark is None or isinstance(_watermark, Unset):
            watermark = UNSET
        else:
            watermark = SolutionWatermark.from_dict(_watermark)

        if d:
            raise unknown_field(cls, d)

        video_commerce_options = cls(
            callback_url=callback_url,
            external_task_id=external_task_id,
            watermark=watermark,
        )

        return video_commerce_options


from ..models.solution_watermark import SolutionWatermark
