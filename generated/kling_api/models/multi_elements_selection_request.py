from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="MultiElementsSelectionRequest")


@_attrs_define(kw_only=True)
class MultiElementsSelectionRequest:
    """Multi elements: A video in which something is added, swapped or removed.
    The body of createMultiElementsSelection, POST /v1/videos/multi-elements/init-selection.
    The video to edit.
    Rules:
    - exactly one of video_id and video_url must have a value; leave the other one out.

    Attributes:
        video_id: Id of a video that Kling made in the last 30 days, 2 to 5 s or 7 to 10 s long. Give this or video_url.
            An empty string counts as absent.
        video_url: Where Kling can fetch the video, 2 to 5 s or 7 to 10 s long. Give this or video_id.
            24, 30 or 60 frames a second, each side from 720 to 2160 pixels.
            An empty string counts as absent.
            Limits: mp4 or mov, each side at least 720 px, at most 2160 px, 24 to 60 frames a second, 2 to 10 s.
    """

    video_id: str | Unset = UNSET
    """ Id of a video that Kling made in the last 30 days, 2 to 5 s or 7 to 10 s long. Give this or video_url.
    An empty string counts as absent. """
    video_url: str | Unset = UNSET
    """ Where Kling can fetch the video, 2 to 5 s or 7 to 10 s long. Give this or video_id.
    24, 30 or 60 frames a second, each side from 720 to 2160 pixels.
    An empty string counts as absent.
    Limits: mp4 or mov, each side at least 720 px, at most 2160 px, 24 to 60 frames a second, 2 to 10 s. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        video_id = self.video_id

        video_url = self.video_url

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if video_id is not UNSET:
            field_dict["video_id"] = video_id
        if video_url is not UNSET:
            field_dict["video_url"] = video_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_id = d.pop("video_id", UNSET)

        video_url = d.pop("video_url", UNSET)

        if d:
            raise unknown_field(cls, d)

        multi_elements_selection_request = cls(
            video_id=video_id,
            video_url=video_url,
        )

        return multi_elements_selection_request
