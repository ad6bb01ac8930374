from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="BasicElementRequest")


@_attrs_define(kw_only=True)
class BasicElementRequest:
    """Basic element: The older service for elements, made from images only.
    The body of createBasicElement, POST /v1/general/custom-elements.
    What the element looks like.

    Attributes:
        element_name: Name of the element.
        element_description: What the element is.
        element_frontal_image: The element from the front, a URL or bare base64.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        element_refer_list: Other angles and close-ups.
        tag_list: Tags; give every tag that applies.
    """

    element_name: str
    """ Name of the element. """
    element_description: str
    """ What the element is. """
    element_frontal_image: str
    """ The element from the front, a URL or bare base64.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    element_refer_list: list[ElementImageInput]
    """ Other angles and close-ups. """
    tag_list: list[ElementTagInput] | Unset = UNSET
    """ Tags; give every tag that applies. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        element_name = self.element_name

        element_description = self.element_description

        element_frontal_image = self.element_frontal_image

        element_refer_list = []
        for element_refer_list_item_data in self.element_refer_list:
            element_refer_list_item = element_refer_list_item_data.to_dict()
            element_refer_list.append(element_refer_list_item)

        tag_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tag_list, Unset):
            tag_list = []
            for tag_list_item_data in self.tag_list:
                tag_list_item = tag_list_item_data.to_dict()
                tag_list.append(tag_list_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "element_name": element_name,
                "element_description": element_description,
                "element_frontal_image": element_frontal_image,
                "element_refer_list": element_refer_list,
            }
        )
        if tag_list is not UNSET:
            field_dict["tag_list"] = tag_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        element_name = d.pop("element_name")

        element_description = d.pop("element_description")

        element_frontal_image = d.pop("element_frontal_image")

        element_refer_list = []
        _element_refer_list = d.pop("element_refer_list")
        for element_refer_list_item_data in _element_refer_list:
            element_refer_list_item = ElementImageInput.from_dict(
                element_refer_list_item_data
            )

            element_refer_list.append(element_refer_list_item)

        _tag_list = d.pop("tag_list", UNSET)
        tag_list: list[ElementTagInput] | Unset = UNSET
        if _tag_list is not None and _tag_list is not UNSET:
            tag_list = []
            for tag_list_item_data in _tag_list:
                tag_list_item = ElementTagInput.from_dict(tag_list_item_data)

                tag_list.append(tag_list_item)

        if d:
            raise unknown_field(cls, d)

        basic_element_request = cls(
            element_name=element_name,
            element_description=element_description,
            element_frontal_image=element_frontal_image,
            element_refer_list=element_refer_list,
            tag_list=tag_list,
        )

        return basic_element_request


from ..models.element_image_input import ElementImageInput
from ..models.element_tag_input import ElementTagInput
