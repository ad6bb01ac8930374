from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VirtualTryOn30Settings")


@_attrs_define(kw_only=True)
class VirtualTryOn30Settings:
    """What to keep from the image of the person.

    Attributes:
        keep_face: Whether to keep the face.
            Kling's default: `true`.
        keep_pose: Whether to keep the pose.
            Kling's default: `true`.
        keep_background: Whether to keep the background.
            Kling's default: `true`.
    """

    keep_face: bool | Unset = UNSET
    """ Whether to keep the face.
    Kling's default: `true`. """
    keep_pose: bool | Unset = UNSET
    """ Whether to keep the pose.
    Kling's default: `true`. """
    keep_background: bool | Unset = UNSET
    """ Whether to keep the background.
    Kling's default: `true`. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        keep_face = self.keep_face

        keep_pose = self.keep_pose

        keep_background = self.keep_background

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if keep_face is not UNSET:
            field_dict["keep_face"] = keep_face
        if keep_pose is not UNSET:
            field_dict["keep_pose"] = keep_pose
        if keep_background is not UNSET:
            field_dict["keep_background"] = keep_background

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        keep_face = d.pop("keep_face", UNSET)

        keep_pose = d.pop("keep_pose", UNSET)

        keep_background = d.pop("keep_background", UNSET)

        if d:
            raise unknown_field(cls, d)

        virtual_try_on_30_settings = cls(
            keep_face=keep_face,
            keep_pose=keep_pose,
            keep_background=keep_background,
        )

        return virtual_try_on_30_settings
