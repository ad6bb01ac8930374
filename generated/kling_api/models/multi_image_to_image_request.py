from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.image_aspect_ratio import ImageAspectRatio, check_image_aspect_ratio
from ..models.multi_image_to_image_model import (
    MultiImageToImageModel,
    check_multi_image_to_image_model,
)
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="MultiImageToImageRequest")


@_attrs_define(kw_only=True)
class MultiImageToImageRequest:
    """Multi-image to image: Images that combine one to four subjects, a scene and a style.
    The body of createMultiImageToImageTask, POST /v1/images/multi-image2image.
    The subjects, the scene and the style.

    Attributes:
        subject_image_list: The subjects.
        model_name: Model to use. Pages up to March 2026 gave kling-v2 as the default.
            Kling's default: `kling-v2-1`.
            `kling-v2` is retired since 2026-09-15.
        prompt: What the subjects do. Optional.
        negative_prompt: Not a field of this endpoint, although Kling's own example sends it as an empty string.
        scene_image: The scene, a URL or bare base64. An empty string counts as absent.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        style_image: The style, a URL or bare base64. An empty string counts as absent.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        n: Kling's default: `1`.
        aspect_ratio: Kling's default: `16:9`.
            Width to height of the image.
        watermark_info: Whether to make watermarked copies too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    subject_image_list: list[SubjectImage]
    """ The subjects. """
    model_name: MultiImageToImageModel | Unset = UNSET
    """ Model to use. Pages up to March 2026 gave kling-v2 as the default.
    Kling's default: `kling-v2-1`.
    `kling-v2` is retired since 2026-09-15. """
    prompt: str | Unset = UNSET
    """ What the subjects do. Optional. """
    negative_prompt: str | Unset = UNSET
    """ Not a field of this endpoint, although Kling's own example sends it as an empty string. """
    scene_image: str | Unset = UNSET
    """ The scene, a URL or bare base64. An empty string counts as absent.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    style_image: str | Unset = UNSET
    """ The style, a URL or bare base64. An empty string counts as absent.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    n: int | Unset = UNSET
    """ Kling's default: `1`. """
    aspect_ratio: ImageAspectRatio | Unset = UNSET
    """ Kling's default: `16:9`.
    Width to height of the image. """
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
        subject_image_list = []
        for subject_image_list_item_data in self.subject_image_list:
            subject_image_list_item = subject_image_list_item_data.to_dict()
            subject_image_list.append(subject_image_list_item)

        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        prompt = self.prompt

        negative_prompt = self.negative_prompt

        scene_image = self.scene_image

        style_image = self.style_image

        n = self.n

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "subject_image_list": subject_image_list,
            }
        )
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if scene_image is not UNSET:
            field_dict["scene_image"] = scene_image
        if style_image is not UNSET:
            field_dict["style_image"] = style_image
        if n is not UNSET:
            field_dict["n"] = n
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
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
        subject_image_list = []
        _subject_image_list = d.pop("subject_image_list")
        for subject_image_list_item_data in _subject_image_list:
            subject_image_list_item = SubjectImage.from_dict(
                subject_image_list_item_data
            )

            subject_image_list.append(subject_image_list_item)

        _model_name = d.pop("model_name", UNSET)
        model_name: MultiImageToImageModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_multi_image_to_image_model(_model_name)

        prompt = d.pop("prompt", UNSET)

        negative_prompt = d.pop("negative_prompt", UNSET)

        scene_image = d.pop("scene_image", UNSET)

        style_image = d.pop("style_image", UNSET)

        n = d.pop("n", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: ImageAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_image_aspect_ratio(_aspect_ratio)

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

        multi_image_to_image_request = cls(
            subject_image_list=subject_image_list,
            model_name=model_name,
            prompt=prompt,
            negative_prompt=negative_prompt,
            scene_image=scene_image,
            style_image=style_image,
            n=n,
            aspect_ratio=aspect_ratio,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return multi_image_to_image_request


from ..models.subject_image import SubjectImage
from ..models.watermark_info import WatermarkInfo
