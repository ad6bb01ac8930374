from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ImageExpansionRequest")


@_attrs_define(kw_only=True)
class ImageExpansionRequest:
    """Image expansion: An image, extended on any of its sides.
    The body of createImageExpansionTask, POST /v1/images/editing/expand.
    The image to extend, and how far on each side.
    Rules:
    - the image must not grow to more than three times its area: (1 + up_expansion_ratio + down_expansion_ratio) times
    (1 + left_expansion_ratio + right_expansion_ratio) must be at most 3.

    Attributes:
        image: The image, a URL or bare base64.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        up_expansion_ratio: How much to add above, as a multiple of the height of the image.
        down_expansion_ratio: How much to add below, as a multiple of the height of the image.
        left_expansion_ratio: How much to add on the left, as a multiple of the width of the image.
        right_expansion_ratio: How much to add on the right, as a multiple of the width of the image.
        prompt: What to show around the image. Optional.
        n: Kling's default: `1`.
        watermark_info: Whether to make watermarked copies too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    image: str
    """ The image, a URL or bare base64.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    up_expansion_ratio: float
    """ How much to add above, as a multiple of the height of the image. """
    down_expansion_ratio: float
    """ How much to add below, as a multiple of the height of the image. """
    left_expansion_ratio: float
    """ How much to add on the left, as a multiple of the width of the image. """
    right_expansion_ratio: float
    """ How much to add on the right, as a multiple of the width of the image. """
    prompt: str | Unset = UNSET
    """ What to show around the image. Optional. """
    n: int | Unset = UNSET
    """ Kling's default: `1`. """
    watermark_info: WatermarkInfo | Unset = UNSET
    """ Whether to make watermarked copies too. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        image = self.image

        up_expansion_ratio = self.up_expansion_ratio

        down_expansion_ratio = self.down_expansion_ratio

        left_expansion_ratio = self.left_expansion_ratio

        right_expansion_ratio = self.right_expansion_ratio

        prompt = self.prompt

        n = self.n

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image": image,
                "up_expansion_ratio": up_expansion_ratio,
                "down_expansion_ratio": down_expansion_ratio,
                "left_expansion_ratio": left_expansion_ratio,
                "right_expansion_ratio": right_expansion_ratio,
            }
        )
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if n is not UNSET:
            field_dict["n"] = n
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
        image = d.pop("image")

        up_expansion_ratio = d.pop("up_expansion_ratio")

        down_expansion_ratio = d.pop("down_expansion_ratio")

        left_expansion_ratio = d.pop("left_expansion_ratio")

        right_expansion_ratio = d.pop("right_expansion_ratio")

        prompt = d.pop("prompt", UNSET)

        n = d.pop("n", UNSET)

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

        image_expansion_request = cls(
            image=image,
            up_expansion_ratio=up_expansion_ratio,
            down_expansion_ratio=down_expansion_ratio,
            left_expansion_ratio=left_expansion_ratio,
            right_expansion_ratio=right_expansion_ratio,
            prompt=prompt,
            n=n,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return image_expansion_request


from ..models.watermark_info import WatermarkInfo
