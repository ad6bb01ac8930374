from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.multi_elements_duration import (
    MultiElementsDuration,
    check_multi_elements_duration,
)
from ..models.multi_elements_edit_mode import (
    MultiElementsEditMode,
    check_multi_elements_edit_mode,
)
from ..models.multi_elements_mode import MultiElementsMode, check_multi_elements_mode
from ..models.multi_elements_model import MultiElementsModel, check_multi_elements_model
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="MultiElementsRequest")


@_attrs_define(kw_only=True)
class MultiElementsRequest:
    """Multi elements: A video in which something is added, swapped or removed.
    The body of createMultiElementsTask, POST /v1/videos/multi-elements.
    The change to make to the video of a selection.
    Rules:
    - image_list must have 1 or 2 images when edit_mode is addition.
    - image_list must have exactly one image when edit_mode is swap.

    Attributes:
        session_id: Session of the selection; it lasts 24 hours.
        edit_mode: Whether to add, swap or remove.
            addition adds the subjects of the images to the video.
            swap replaces the marked areas with the subject of the image.
            removal removes the marked areas.
        prompt: What to do. <<<video_1>>> is the video, <<<image_1>>> is the first image of image_list.
            Kling recommends naming the video and every image.
        model_name: Kling's page of September 2026 no longer has this field, and nobody has tested kling-v1-6 since its
            retirement. Leave it out.
            The only model that the page of March 2026 named; retired on 2026-09-15.
        image_list: Images of the subjects to add or swap in: 1 or 2 images for addition, 1 image for swap, no image for
            removal.
        negative_prompt: What to avoid.
        mode: Resolution of the video, which affects the price.
            Kling's default: `std`.
            Resolution of the video, which affects the price; pro is the higher one.
        duration: Length in seconds, a string. "5" needs a video of 2 to 5 s, "10" needs a video of 7 to 10 s.
            Kling's default: `5`.
            Length of the result in seconds, written as a string.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    session_id: str
    """ Session of the selection; it lasts 24 hours. """
    edit_mode: MultiElementsEditMode
    """ Whether to add, swap or remove.
    addition adds the subjects of the images to the video.
    swap replaces the marked areas with the subject of the image.
    removal removes the marked areas. """
    prompt: str
    """ What to do. <<<video_1>>> is the video, <<<image_1>>> is the first image of image_list.
    Kling recommends naming the video and every image. """
    model_name: MultiElementsModel | Unset = UNSET
    """ Kling's page of September 2026 no longer has this field, and nobody has tested kling-v1-6 since its
    retirement. Leave it out.
    The only model that the page of March 2026 named; retired on 2026-09-15. """
    image_list: list[MultiElementsImage] | Unset = UNSET
    """ Images of the subjects to add or swap in: 1 or 2 images for addition, 1 image for swap, no image for
    removal. """
    negative_prompt: str | Unset = UNSET
    """ What to avoid. """
    mode: MultiElementsMode | Unset = UNSET
    """ Resolution of the video, which affects the price.
    Kling's default: `std`.
    Resolution of the video, which affects the price; pro is the higher one. """
    duration: MultiElementsDuration | Unset = UNSET
    """ Length in seconds, a string. "5" needs a video of 2 to 5 s, "10" needs a video of 7 to 10 s.
    Kling's default: `5`.
    Length of the result in seconds, written as a string. """
    watermark_info: WatermarkInfo | Unset = UNSET
    """ Whether to make a watermarked copy too. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        session_id = self.session_id

        edit_mode: str = self.edit_mode

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

        negative_prompt = self.negative_prompt

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        duration: str | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "session_id": session_id,
                "edit_mode": edit_mode,
                "prompt": prompt,
            }
        )
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if image_list is not UNSET:
            field_dict["image_list"] = image_list
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if mode is not UNSET:
            field_dict["mode"] = mode
        if duration is not UNSET:
            field_dict["duration"] = duration
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
        session_id = d.pop("session_id")

        edit_mode = check_multi_elements_edit_mode(d.pop("edit_mode"))

        prompt = d.pop("prompt")

        _model_name = d.pop("model_name", UNSET)
        model_name: MultiElementsModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_multi_elements_model(_model_name)

        _image_list = d.pop("image_list", UNSET)
        image_list: list[MultiElementsImage] | Unset = UNSET
        if _image_list is not None and _image_list is not UNSET:
            image_list = []
            for image_list_item_data in _image_list:
                image_list_item = MultiElementsImage.from_dict(image_list_item_data)

                image_list.append(image_list_item)

        negative_prompt = d.pop("negative_prompt", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: MultiElementsMode | Unset
        if _mode is None or isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_multi_elements_mode(_mode)

        _duration = d.pop("duration", UNSET)
        duration: MultiElementsDuration | Unset
        if _duration is None or isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_multi_elements_duration(_duration)

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

        multi_elements_request = cls(
            session_id=session_id,
            edit_mode=edit_mode,
            prompt=prompt,
            model_name=model_name,
            image_list=image_list,
            negative_prompt=negative_prompt,
            mode=mode,
            duration=duration,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return multi_elements_request


from ..models.multi_elements_image import MultiElementsImage
from ..models.watermark_info import WatermarkInfo
