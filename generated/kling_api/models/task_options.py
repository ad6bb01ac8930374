from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="TaskOptions")


@_attrs_define(kw_only=True)
class TaskOptions:
    """What does not change the video.

    Attributes:
        callback_url: Where Kling posts the task each time that its status changes.
            An empty string is the same as no address.
        external_task_id: The caller's own id of the task, unique within the account; the task can be looked up by it.
            An empty string is the same as no id.
            Open: how long it may be.
        watermark_info: Whether to make a copy with a watermark too. None is made without it, as Kling's pages have it; one
            application saw the opposite, so say it.
            Kling's default: `{"enabled": false}`.
    """

    callback_url: str | Unset = UNSET
    """ Where Kling posts the task each time that its status changes.
    An empty string is the same as no address. """
    external_task_id: str | Unset = UNSET
    """ The caller's own id of the task, unique within the account; the task can be looked up by it.
    An empty string is the same as no id.
    Open: how long it may be. """
    watermark_info: WatermarkInfo | Unset = UNSET
    """ Whether to make a copy with a watermark too. None is made without it, as Kling's pages have it; one
    application saw the opposite, so say it.
    Kling's default: `{"enabled": false}`. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        callback_url = self.callback_url

        external_task_id = self.external_task_id

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id
        if watermark_info is not UNSET:
            field_dict["watermark_info"] = watermark_info

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        _watermark_info = d.pop("watermark_info", UNSET)
        watermark_info: WatermarkInfo | Unset
        if _watermark_info is None or isinstance(_watermark_info, Unset):
            watermark_info = UNSET
        else:
            watermark_info = WatermarkInfo.from_dict(_watermark_info)

        if d:
            raise unknown_field(cls, d)

        task_options = cls(
            callback_url=callback_url,
            external_task_id=external_task_id,
            watermark_info=watermark_info,
        )

        return task_options


from ..models.watermark_info import WatermarkInfo
