from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.image_role import ImageRole, check_image_role
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="OmniVideoImage")


@_attrs_define(kw_only=True)
class OmniVideoImage:
    """An image that prompt names as <<<image_1>>>, by its place in the list.

    Attributes:
        image_url: The image, a URL or bare base64.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        type_: Whether the image is the first frame or the end frame. Leave type out for every other image.
            first_frame is the image that the video begins with, end_frame is the image that it ends with.
    """

    image_url: str
    """ The image, a URL or bare base64.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    type_: ImageRole | Unset = UNSET
    """ Whether the image is the first frame or the end frame. Leave type out for every other image.
    first_frame is the image that the video begins with, end_frame is the image that it ends with. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image_url": image_url,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url")

        _type_ = d.pop("type", UNSET)
        type_: ImageRole | Unset
        if _type_ is None or isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_image_role(_type_)

        if d:
            raise unknown_field(cls, d)

        omni_video_image = cls(
            image_url=image_url,
            type_=type_,
        )

        return omni_video_image
