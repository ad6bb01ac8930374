from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.element_origin import ElementOrigin, check_element_origin
from ..models.element_status import ElementStatus, check_element_status
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Element")


@_attrs_define(kw_only=True)
class Element:
    """An element of the library.

    Attributes:
        element_id: Id of the element, a whole number of up to 18 digits; not the same as the task id.
        element_name: Name of the element.
        element_description: What the element is.
        reference_type: What the element was made from.
            image_refer is a multi-image element, made from images; video_refer is a video character element, made
            from a video.
            Kling may add values.
        element_image_list: Its images; empty if it was made from a video.
        element_video_list: Its video; empty if it was made from images.
        element_voice_info: Its voice; may be empty.
        tag_list: Its tags.
        owned_by: kling for an element that Kling made; otherwise the id of the user who made it.
        status: Whether it can still be used.
            succeed means that the element can be used, deleted that it was deleted. A deleted element stays in the
            task that made it.
            Kling may add values.
    """

    element_id: int | str | Unset = UNSET
    """ Id of the element, a whole number of up to 18 digits; not the same as the task id. """
    element_name: str | Unset = UNSET
    """ Name of the element. """
    element_description: str | Unset = UNSET
    """ What the element is. """
    reference_type: ElementOrigin | Unset = UNSET
    """ What the element was made from.
    image_refer is a multi-image element, made from images; video_refer is a video character element, made from a
    video.
    Kling may add values. """
    element_image_list: ElementImages | Unset = UNSET
    """ Its images; empty if it was made from a video. """
    element_video_list: ElementVideos | Unset = UNSET
    """ Its video; empty if it was made from images. """
    element_voice_info: Voice | Unset = UNSET
    """ Its voice; may be empty. """
    tag_list: list[ElementTag] | Unset = UNSET
    """ Its tags. """
    owned_by: str | Unset = UNSET
    """ kling for an element that Kling made; otherwise the id of the user who made it. """
    status: ElementStatus | Unset = UNSET
    """ Whether it can still be used.
    succeed means that the element can be used, deleted that it was deleted. A deleted element stays in the task
    that made it.
    Kling may add values. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        element_id: int | str | Unset
        if isinstance(self.element_id, Unset):
            element_id = UNSET
        else:
            element_id = self.element_id

        element_name = self.element_name

        element_description = self.element_description

        reference_type: str | Unset = UNSET
        if not isinstance(self.reference_type, Unset):
            reference_type = self.reference_type

        element_image_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.element_image_list, Unset):
            element_image_list = self.element_image_list.to_dict()

        element_video_list: dict[str, Any] | Unset = UNSET
        if not isinstance(self.element_video_list, Unset):
            element_video_list = self.element_video_list.to_dict()

        element_voice_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.element_voice_info, Unset):
            element_voice_info = self.element_voice_info.to_dict()

        tag_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tag_list, Unset):
            tag_list = []
            for tag_list_item_data in self.tag_list:
                tag_list_item = tag_list_item_data.to_dict()
                tag_list.append(tag_list_item)

        owned_by = self.owned_by

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if element_id is not UNSET:
            field_dict["element_id"] = element_id
        if element_name is not UNSET:
            field_dict["element_name"] = element_name
        if element_description is not UNSET:
            field_dict["element_description"] = element_description
        if reference_type is not UNSET:
            field_dict["reference_type"] = reference_type
        if element_image_list is not UNSET:
            field_dict["element_image_list"] = element_image_list
        if element_video_list is not UNSET:
            field_dict["element_video_list"] = element_video_list
        if element_voice_info is not UNSET:
            field_dict["element_voice_info"] = element_voice_info
        if tag_list is not UNSET:
            field_dict["tag_list"] = tag_list
        if owned_by is not UNSET:
            field_dict["owned_by"] = owned_by
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_element_id(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(int | str | Unset, data)

        element_id = _parse_element_id(d.pop("element_id", UNSET))

        element_name = d.pop("element_name", UNSET)

        element_description = d.pop("element_description", UNSET)

        _reference_type = d.pop("reference_type", UNSET)
        reference_type: ElementOrigin | Unset
        if _reference_type is None or isinstance(_reference_type, Unset):
            reference_type = UNSET
        else:
            reference_type = check_element_origin(_reference_type)

        _element_image_list = d.pop("element_image_list", UNSET)
        element_image_list: ElementImages | Unset
        if _element_image_list is None or isinstance(_element_image_list, Unset):
            element_image_list = UNSET
        else:
            element_image_list = ElementImages.from_dict(_element_image_list)

        _element_video_list = d.pop("element_video_list", UNSET)
        element_video_list: ElementVideos | Unset
        if _element_video_list is None or isinstance(_element_video_list, Unset):
            element_video_list = UNSET
        else:
            element_video_list = ElementVideos.from_dict(_element_video_list)

        _element_voice_info = d.pop("element_voice_info", UNSET)
        element_voice_info: Voice | Unset
        if _element_voice_info is None or isinstance(_element_voice_info, Unset):
            element_voice_info = UNSET
        else:
            element_voice_info = Voice.from_dict(_element_voice_info)

        _tag_list = d.pop("tag_list", UNSET)
        tag_list: list[ElementTag] | Unset = UNSET
        if _tag_list is not None and _tag_list is not UNSET:
            tag_list = []
            for tag_list_item_data in _tag_list:
                tag_list_item = ElementTag.from_dict(tag_list_item_data)

                tag_list.append(tag_list_item)

        owned_by = d.pop("owned_by", UNSET)

        _status = d.pop("status", UNSET)
        status: ElementStatus | Unset
        if _status is None or isinstance(_status, Unset):
            status = UNSET
        else:
            status = check_element_status(_status)

        element = cls(
            element_id=element_id,
            element_name=element_name,
            element_description=element_description,
            reference_type=reference_type,
            element_image_list=element_image_list,
            element_video_list=element_video_list,
            element_voice_info=element_voice_info,
            tag_list=tag_list,
            owned_by=owned_by,
            status=status,
        )

        element.additional_properties = d
        return element

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


from ..models.element_images import ElementImages
from ..models.element_tag import ElementTag
from ..models.element_videos import ElementVideos
from ..models.voice import Voice
