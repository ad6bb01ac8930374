from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="DramaSubtitlesOptions")


@_attrs_define(kw_only=True)
class DramaSubtitlesOptions:
    """Options that do not change the video.

    Attributes:
        callback_url: URL to which Kling posts the task when it has ended; an empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task when it has ended; an empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        drama_subtitles_options = cls(
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return drama_subtitles_options
