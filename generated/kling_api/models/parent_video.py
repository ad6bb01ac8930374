from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ParentVideo")


@_attrs_define(kw_only=True)
class ParentVideo:
    """The input video of a task.

    Attributes:
        id: Id of the video.
        url: Where to download the video.
        duration: Length in seconds, a decimal number in a string such as "5.041".
    """

    id: str | Unset = UNSET
    """ Id of the video. """
    url: str | Unset = UNSET
    """ Where to download the video. """
    duration: str | Unset = UNSET
    """ Length in seconds, a decimal number in a string such as "5.041". """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        url = self.url

        duration = self.duration

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if url is not UNSET:
            field_dict["url"] = url
        if duration is not UNSET:
            field_dict["duration"] = duration

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        url = d.pop("url", UNSET)

        duration = d.pop("duration", UNSET)

        parent_video = cls(
            id=id,
            url=url,
            duration=duration,
        )

        parent_video.additional_properties = d
        return parent_video

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
