from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.custom_element_reference_type import (
    CustomElementReferenceType,
    check_custom_element_reference_type,
)
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="CustomElementRequest")


@_attrs_define(kw_only=True)
class CustomElementRequest:
    """Custom element: Elements: people and things that look the same in every video and image.
    The body of createCustomElementTask, POST /v1/general/advanced-custom-elements.
    What the element looks like.
    Open: whether Kling refuses, ignores or uses element_image_list with reference_type video_refer.
    Rules:
    - element_image_list must be given when reference_type is image_refer.
    - element_video_list must be given when reference_type is video_refer.

    Attributes:
        element_name: Name of the element.
        element_description: What the element is.
        reference_type: image_refer makes a multi-image element from images; video_refer makes a video character element from a
            video.
        element_image_list: The images. Needed when reference_type is image_refer.
        element_video_list: The video. Needed when reference_type is video_refer, and ignored otherwise.
        element_voice_id: Id of a custom or preset voice, only for people and human-like figures. An empty string counts as
            absent.
            Since 2026-03-23, it also works for multi-image elements.
        tag_list: Tags; give every tag that applies.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    element_name: str
    """ Name of the element. """
    element_description: str
    """ What the element is. """
    reference_type: CustomElementReferenceType
    """ image_refer makes a multi-image element from images; video_refer makes a video character element from a
    video. """
    element_image_list: CustomElementImages | Unset = UNSET
    """ The images. Needed when reference_type is image_refer. """
    element_video_list: CustomElementVideos | Unset = UNSET
    """ The video. Needed when reference_type is video_refer, and ignored otherwise. """
    element_voice_id: str | Unset = UNSET
    """ Id of a custom or preset voice, only for people and human-like figures. An empty string counts as absent.
    Since 2026-03-23, it also works for multi-image elements. """
    tag_list: list[ElementTagInput] | Unset = UNSET
    """ Tags; give every tag that applies. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        element_name = self.element_name

        element_description = self.element_description

        reference_type: str = self.reference_type

        element_image_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.element_image_list, Unset):
            element_image_list = self.element_image_list.to_dict()

        element_video_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.element_video_list, Unset):
            element_video_list = self.element_video_list.to_dict()

        element_voice_id = self.element_voice_id

        tag_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tag_list, Unset):
            tag_list = []
            for tag_list_item_data in self.tag_list:
                tag_list_item = tag_list_item_data.to_dict()
                tag_list.append(tag_list_item)

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "element_name": element_name,
                "element_description": element_description,
                "reference_type": reference_type,
            }
        )
        if element_image_list is not UNSET:
            field_dict["element_image_list"] = element_image_list
        if element_video_list is not UNSET:
            field_dict["element_video_list"] = element_video_list
        if element_voice_id is not UNSET:
            field_dict["element_voice_id"] = element_voice_id
        if tag_list is not UNSET:
            field_dict["tag_list"] = tag_list
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        element_name = d.pop("element_name")

        element_description = d.pop("element_description")

        reference_type = check_custom_element_reference_type(d.pop("reference_type"))

        _element_image_list = d.pop("element_image_list", UNSET)
        element_image_list: CustomElementImages | Unset
        if _element_image_list is None or isinstance(_element_image_list, Unset):
            element_image_list = UNSET
        else:
            element_image_list = CustomElementImages.from_dict(_element_image_list)

        _element_video_list = d.pop("element_video_list", UNSET)
        element_video_list: CustomElementVideos | Unset
        if _element_video_list is None or isinstance(_element_video_list, Unset):
            element_video_list = UNSET
        else:
            element_video_list = CustomElementVideos.from_dict(_element_video_list)

        element_voice_id = d.pop("element_voice_id", UNSET)

        _tag_list = d.pop("tag_list", UNSET)
        tag_list: list[ElementTagInput] | Unset = UNSET
        if _tag_list is not None and _tag_list is not UNSET:
            tag_list = []
            for tag_list_item_data in _tag_list:
                tag_list_item = ElementTagInput.from_dict(tag_list_item_data)

                tag_list.append(tag_list_item)

        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        custom_element_request = cls(
            element_name=element_name,
            element_description=element_description,
            reference_type=reference_type,
            element_image_list=element_image_list,
            element_video_list=element_video_list,
            element_voice_id=element_voice_id,
            tag_list=tag_list,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return custom_element_request


from ..models.custom_element_images import CustomElementImages
from ..models.custom_element_videos import CustomElementVideos
from ..models.element_tag_input import ElementTagInput
