from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.image_aspect_ratio import ImageAspectRatio, check_image_aspect_ratio
from ..models.image_generation_model import (
    ImageGenerationModel,
    check_image_generation_model,
)
from ..models.image_generation_resolution import (
    ImageGenerationResolution,
    check_image_generation_resolution,
)
from ..models.image_reference_kind import ImageReferenceKind, check_image_reference_kind
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ImageGenerationRequest")


@_attrs_define(kw_only=True)
class ImageGenerationRequest:
    """Image generation: Images from a prompt, or from a prompt and one image.
    The body of createImageGenerationTask, POST /v1/images/generations.
    The images to make.
    Null counts as absent, because Kling's own program of 2025 (a pack of nodes) sends null in every request.
    Rules:
    - image must be given and not be empty when image_reference is set.
    - image must be given and not be empty with kling-v2-new, which only changes the style of an image.
    - image_reference must be subject or face when image is given with kling-v1-5.
    - element_list needs model_name kling-v3; no other model takes elements here.
    - element_list must have at most 9 entries when image is given; the limit is 10 for the elements and the image
    together.
    - resolution 2k needs model_name kling-v2, kling-v2-new, kling-v2-1 or kling-v3; the 1.x models make 1k only.
    - aspect_ratio must not be 21:9 with kling-v1; every other model supports it.

    Attributes:
        prompt: What to show. It is needed even when image is given.
        model_name: Model to use. kling-v2-new only changes the style of an image. Kling's pages of 2026-09 no longer list
            kling-v2-new, and no source says when it ends.
            Kling's default: `kling-v3`.
            `kling-v1` is retired since 2026-09-15.
            `kling-v1-5` is retired since 2026-09-15.
            `kling-v2` is retired since 2026-09-15.
        model: Former name of model_name. Kling accepts this field but ignores it, and uses the default model.
        negative_prompt: What to avoid. Kling does not support it together with image.
        image: Reference image, a URL or bare base64. An empty string counts as absent.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        image_reference: What to keep of image. It works with kling-v2-1, and with kling-v1-5, which requires it when image is
            given.
            With face, the image must show exactly one face, and Kling refuses other images.

            With subject, Kling keeps the character in the image; with face, it keeps only the look of the face.
        image_fidelity: How closely to follow image; higher is closer. It works with kling-v2-1 according to Kling's latest
            page, and with kling-v1 and kling-v1-5 according to an older page.
            Kling's default: `0.5`.
        human_fidelity: How closely to follow the face in image; higher is closer. It has an effect only with image_reference
            subject.
            Kling's default: `0.45`.
        element_list: Multi-image elements of the element library; video character elements do not work here. Elements need
            kling-v3. With image, at most 9 elements are allowed.
        resolution: Kling's default: `1k`.
            Resolution of the image; it does not change the price.
        n: How many images to make. Each image occupies a slot of the account's concurrency, and is charged.
            Kling's own example sends the string "9", which counts as the number 9.
            Kling's default: `1`.
        aspect_ratio: Kling's default: `16:9`.
            Width to height of the image.
        watermark_info: Whether to make watermarked copies too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    prompt: str
    """ What to show. It is needed even when image is given. """
    model_name: ImageGenerationModel | Unset = UNSET
    """ Model to use. kling-v2-new only changes the style of an image. Kling's pages of 2026-09 no longer list
    kling-v2-new, and no source says when it ends.
    Kling's default: `kling-v3`.
    `kling-v1` is retired since 2026-09-15.
    `kling-v1-5` is retired since 2026-09-15.
    `kling-v2` is retired since 2026-09-15. """
    model: str | Unset = UNSET
    """ Former name of model_name. Kling accepts this field but ignores it, and uses the default model. """
    negative_prompt: str | Unset = UNSET
    """ What to avoid. Kling does not support it together with image. """
    image: str | Unset = UNSET
    """ Reference image, a URL or bare base64. An empty string counts as absent.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    image_reference: ImageReferenceKind | Unset = UNSET
    """ What to keep of image. It works with kling-v2-1, and with kling-v1-5, which requires it when image is given.
    With face, the image must show exactly one face, and Kling refuses other images.

    With subject, Kling keeps the character in the image; with face, it keeps only the look of the face. """
    image_fidelity: float | Unset = UNSET
    """ How closely to follow image; higher is closer. It works with kling-v2-1 according to Kling's latest page,
    and with kling-v1 and kling-v1-5 according to an older page.
    Kling's default: `0.5`. """
    human_fidelity: float | Unset = UNSET
    """ How closely to follow the face in image; higher is closer. It has an effect only with image_reference
    subject.
    Kling's default: `0.45`. """
    element_list: list[ElementReference] | Unset = UNSET
    """ Multi-image elements of the element library; video character elements do not work here. Elements need
    kling-v3. With image, at most 9 elements are allowed. """
    resolution: ImageGenerationResolution | Unset = UNSET
    """ Kling's default: `1k`.
    Resolution of the image; it does not change the price. """
    n: int | Unset = UNSET
    """ How many images to make. Each image occupies a slot of the account's concurrency, and is charged.
    Kling's own example sends the string "9", which counts as the number 9.
    Kling's default: `1`. """
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
        prompt = self.prompt

        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        model = self.model

        negative_prompt = self.negative_prompt

        image = self.image

        image_reference: str | Unset = UNSET
        if not isinstance(self.image_reference, Unset):
            image_reference = self.image_reference

        image_fidelity = self.image_fidelity

        human_fidelity = self.human_fidelity

        element_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_list, Unset):
            element_list = []
            for element_list_item_data in self.element_list:
                element_list_item = element_list_item_data.to_dict()
                element_list.append(element_list_item)

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

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
                "prompt": prompt,
            }
        )
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if model is not UNSET:
            field_dict["model"] = model
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if image is not UNSET:
            field_dict["image"] = image
        if image_reference is not UNSET:
            field_dict["image_reference"] = image_reference
        if image_fidelity is not UNSET:
            field_dict["image_fidelity"] = image_fidelity
        if human_fidelity is not UNSET:
            field_dict["human_fidelity"] = human_fidelity
        if element_list is not UNSET:
            field_dict["element_list"] = element_list
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
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
        prompt = d.pop("prompt")

        _model_name = d.pop("model_name", UNSET)
        model_name: ImageGenerationModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_image_generation_model(_model_name)

        model = d.pop("model", UNSET)

        negative_prompt = d.pop("negative_prompt", UNSET)

        image = d.pop("image", UNSET)

        _image_reference = d.pop("image_reference", UNSET)
        image_reference: ImageReferenceKind | Unset
        if _image_reference is None or isinstance(_image_reference, Unset):
            image_reference = UNSET
        else:
            image_reference = check_image_reference_kind(_image_reference)

        image_fidelity = d.pop("image_fidelity", UNSET)

        human_fidelity = d.pop("human_fidelity", UNSET)

        _element_list = d.pop("element_list", UNSET)
        element_list: list[ElementReference] | Unset = UNSET
        if _element_list is not None and _element_list is not UNSET:
            element_list = []
            for element_list_item_data in _element_list:
                element_list_item = ElementReference.from_dict(element_list_item_data)

                element_list.append(element_list_item)

        _resolution = d.pop("resolution", UNSET)
        resolution: ImageGenerationResolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_image_generation_resolution(_resolution)

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

        image_generation_request = cls(
            prompt=prompt,
            model_name=model_name,
            model=model,
            negative_prompt=negative_prompt,
            image=image,
            image_reference=image_reference,
            image_fidelity=image_fidelity,
            human_fidelity=human_fidelity,
            element_list=element_list,
            resolution=resolution,
            n=n,
            aspect_ratio=aspect_ratio,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return image_generation_request


from ..models.element_reference import ElementReference
from ..models.watermark_info import WatermarkInfo
