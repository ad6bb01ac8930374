from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.omni_image_aspect_ratio import (
    OmniImageAspectRatio,
    check_omni_image_aspect_ratio,
)
from ..models.omni_image_automatic_amount import (
    OmniImageAutomaticAmount,
    check_omni_image_automatic_amount,
)
from ..models.omni_image_model import OmniImageModel, check_omni_image_model
from ..models.omni_image_resolution import (
    OmniImageResolution,
    check_omni_image_resolution,
)
from ..models.omni_image_result_type import (
    OmniImageResultType,
    check_omni_image_result_type,
)
from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="OmniImageRequest")


@_attrs_define(kw_only=True)
class OmniImageRequest:
    """Omni image: Images from a prompt and up to ten images and elements, as single images or as a series.
    The body of createOmniImageTask, POST /v1/images/omni-image.
    The images to make.
    Rules:
    - image_list and element_list must have at most 10 entries together.
    - result_type series needs model_name kling-v3-omni; kling-image-o1 makes single images only.
    - resolution 4k needs model_name kling-v3-omni; kling-image-o1 makes 1k and 2k.

    Attributes:
        prompt: What to show, and what to avoid.
            <<<image_1>>> and <<<element_1>>> name the first entry of image_list and element_list.
            Kling's own examples also write <<<object_1>>> for an element, and use two angle brackets instead of
            three.
        model_name: Kling's default: `kling-image-o1`.
            Model to use.
        image_list: Reference images. At most 10 together with element_list.
        element_list: Multi-image elements of the element library; video character elements do not work here. At most 10
            together with image_list.
        resolution: Resolution of the image. 4k needs kling-v3-omni, and costs twice as much as the other resolutions.
            Kling's default: `1k`.
            Resolution of the image. 4k costs twice as much as the other resolutions.
        result_type: Single images, or a series. A series needs kling-v3-omni.
            Kling's default: `single`.
            single makes separate images, series makes images that belong together.
        n: How many single images to make. Each image occupies a slot of the account's concurrency, and is charged.
            For a series, Kling ignores this field.
            Kling's default: `1`.
        series_amount: How many images the series has. Each image occupies a slot of the account's concurrency, and is charged.
            For single images, Kling ignores this field.
            With "auto" (since 2026-04-27) Kling chooses the number, which decides the price.
            Kling's default: `4`.
        aspect_ratio: Kling's default: `auto`.
            Width to height of the image; with auto, Kling chooses.
        watermark_info: Whether to make watermarked copies too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    prompt: str
    """ What to show, and what to avoid.
    <<<image_1>>> and <<<element_1>>> name the first entry of image_list and element_list.
    Kling's own examples also write <<<object_1>>> for an element, and use two angle brackets instead of three. """
    model_name: OmniImageModel | Unset = UNSET
    """ Kling's default: `kling-image-o1`.
    Model to use. """
    image_list: list[OmniImageReference] | Unset = UNSET
    """ Reference images. At most 10 together with element_list. """
    element_list: list[ElementReference] | Unset = UNSET
    """ Multi-image elements of the element library; video character elements do not work here. At most 10 together
    with image_list. """
    resolution: OmniImageResolution | Unset = UNSET
    """ Resolution of the image. 4k needs kling-v3-omni, and costs twice as much as the other resolutions.
    Kling's default: `1k`.
    Resolution of the image. 4k costs twice as much as the other resolutions. """
    result_type: OmniImageResultType | Unset = UNSET
    """ Single images, or a series. A series needs kling-v3-omni.
    Kling's default: `single`.
    single makes separate images, series makes images that belong together. """
    n: int | Unset = UNSET
    """ How many single images to make. Each image occupies a slot of the account's concurrency, and is charged. For
    a series, Kling ignores this field.
    Kling's default: `1`. """
    series_amount: int | OmniImageAutomaticAmount | Unset = UNSET
    """ How many images the series has. Each image occupies a slot of the account's concurrency, and is charged. For
    single images, Kling ignores this field.
    With "auto" (since 2026-04-27) Kling chooses the number, which decides the price.
    Kling's default: `4`. """
    aspect_ratio: OmniImageAspectRatio | Unset = UNSET
    """ Kling's default: `auto`.
    Width to height of the image; with auto, Kling chooses. """
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

        image_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.image_list, Unset):
            image_list = []
            for image_list_item_data in self.image_list:
                image_list_item = image_list_item_data.to_dict()
                image_list.append(image_list_item)

        element_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_list, Unset):
            element_list = []
            for element_list_item_data in self.element_list:
                element_list_item = element_list_item_data.to_dict()
                element_list.append(element_list_item)

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        result_type: str | Unset = UNSET
        if not isinstance(self.result_type, Unset):
            result_type = self.result_type

        n = self.n

        series_amount: int | str | Unset
        if isinstance(self.series_amount, Unset):
            series_amount = UNSET
        elif isinstance(self.series_amount, str):
            series_amount = self.series_amount
        else:
            series_amount = self.series_amount

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
        if image_list is not UNSET:
            field_dict["image_list"] = image_list
        if element_list is not UNSET:
            field_dict["element_list"] = element_list
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if result_type is not UNSET:
            field_dict["result_type"] = result_type
        if n is not UNSET:
            field_dict["n"] = n
        if series_amount is not UNSET:
            field_dict["series_amount"] = series_amount
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
        model_name: OmniImageModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_omni_image_model(_model_name)

        _image_list = d.pop("image_list", UNSET)
        image_list: list[OmniImageReference] | Unset = UNSET
        if _image_list is not None and _image_list is not UNSET:
            image_list = []
            for image_list_item_data in _image_list:
                image_list_item = OmniImageReference.from_dict(image_list_item_data)

                image_list.append(image_list_item)

        _element_list = d.pop("element_list", UNSET)
        element_list: list[ElementReference] | Unset = UNSET
        if _element_list is not None and _element_list is not UNSET:
            element_list = []
            for element_list_item_data in _element_list:
                element_list_item = ElementReference.from_dict(element_list_item_data)

                element_list.append(element_list_item)

        _resolution = d.pop("resolution", UNSET)
        resolution: OmniImageResolution | Unset
        if _resolution is None or isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_omni_image_resolution(_resolution)

        _result_type = d.pop("result_type", UNSET)
        result_type: OmniImageResultType | Unset
        if _result_type is None or isinstance(_result_type, Unset):
            result_type = UNSET
        else:
            result_type = check_omni_image_result_type(_result_type)

        n = d.pop("n", UNSET)

        def _parse_series_amount(
            data: object,
        ) -> int | OmniImageAutomaticAmount | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                series_amount_type_1 = check_omni_image_automatic_amount(data)

                return series_amount_type_1
            except UnknownFieldError:
                raise
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(int | OmniImageAutomaticAmount | Unset, data)

        series_amount = _parse_series_amount(d.pop("series_amount", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: OmniImageAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_omni_image_aspect_ratio(_aspect_ratio)

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

        omni_image_request = cls(
            prompt=prompt,
            model_name=model_name,
            image_list=image_list,
            element_list=element_list,
            resolution=resolution,
            result_type=result_type,
            n=n,
            series_amount=series_amount,
            aspect_ratio=aspect_ratio,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return omni_image_request


from ..models.element_reference import ElementReference
from ..models.omni_image_reference import OmniImageReference
from ..models.watermark_info import WatermarkInfo
