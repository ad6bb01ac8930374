from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="AdvancedLipSyncSessionRequest")


@_attrs_define(kw_only=True)
class AdvancedLipSyncSessionRequest:
    """Advanced lip sync: A person in a video speaks the given audio. First create a session, which finds the faces in the
    video; then choose one of them.
    The body of createAdvancedLipSyncSession, POST /v1/videos/identify-face.
    The video in which a person is to speak.
    Rules:
    - exactly one of video_id and video_url must have a value; leave the other one out.

    Attributes:
        video_id: Id of a video that Kling made in the last 30 days, at most 60 s long. Give this or video_url.
            An empty string counts as absent.
        video_url: Where Kling can fetch the video. Give this or video_id. The service checks its content.
            720p or 1080p, each side from 512 to 2160 pixels.
            An empty string counts as absent.
            Limits: mp4 or mov, at most 100 MiB, each side at least 512 px, at most 2160 px, 2 to 60 s.
    """

    video_id: str | Unset = UNSET
    """ Id of a video that Kling made in the last 30 days, at most 60 s long. Give this or video_url.
    An empty string counts as absent. """
    video_url: str | Unset = UNSET
    """ Where Kling can fetch the video. Give this or video_id. The service checks its content.
    720p or 1080p, each side from 512 to 2160 pixels.
    An empty string counts as absent.
    Limits: mp4 or mov, at most 100 MiB, each side at least 512 px, at most 2160 px, 2 to 60 s. """

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

        advanced_lip_sync_session_request = cls(
            video_id=video_id,
            video_url=video_url,
        )

        return advanced_lip_sync_session_request
