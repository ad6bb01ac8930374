from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Video")


@_attrs_define(kw_only=True)
class Video:
    """One generated video.

    Attributes:
        id: Id of the video; not the same as the task id.
        url: Where to download the video: a signed URL. The file is deleted 30 days after the creation of the task.
        watermark_url: Where to download the watermarked copy, if you requested one: a signed URL. The file is deleted together
            with the original.
        duration: Length in seconds, a decimal number in a string such as "5.041".
        session_id: Session of the selection that defined the edit; multi elements only.
    """

    id: str | Unset = UNSET
    """ Id of the video; not the same as the task id. """
    url: str | Unset = UNSET
    """ Where to download the video: a signed URL. The file is deleted 30 days after the creation of the task. """
    watermark_url: str | Unset = UNSET
    """ Where to download the watermarked copy, if you requested one: a signed URL. The file is deleted together
    with the original. """
    duration: str | Unset = UNSET
    """ Length in seconds, a decimal number in a string such as "5.041". """
    session_id: str | Unset = UNSET
    """ Session of the selection that defined the edit; multi elements only. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        url = self.url

        watermark_url = self.watermark_url

        duration = self.duration

        session_id = self.session_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if url is not UNSET:
            field_dict["url"] = url
        if watermark_url is not UNSET:
            field_dict["watermark_url"] = watermark_url
        if duration is not UNSET:
            field_dict["duration"] = duration
        if session_id is not UNSET:
            field_dict["session_id"] = session_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        url = d.pop("url", UNSET)

        watermark_url = d.pop("watermark_url", UNSET)

        duration = d.pop("duration", UNSET)

        session_id = d.pop("session_id", UNSET)

        video = cls(
            id=id,
            url=url,
            watermark_url=watermark_url,
            duration=duration,
            session_id=session_id,
        )

        video.additional_properties = d
        return video

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
