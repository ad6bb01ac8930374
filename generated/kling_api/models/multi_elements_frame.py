from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="MultiElementsFrame")


@_attrs_define(kw_only=True)
class MultiElementsFrame:
    """A frame and the areas in it.

    Attributes:
        frame_index: Number of the frame.
        rle_mask_list: The areas that the points select.
    """

    frame_index: int | Unset = UNSET
    """ Number of the frame. """
    rle_mask_list: list[MultiElementsArea] | Unset = UNSET
    """ The areas that the points select. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        frame_index = self.frame_index

        rle_mask_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.rle_mask_list, Unset):
            rle_mask_list = []
            for rle_mask_list_item_data in self.rle_mask_list:
                rle_mask_list_item = rle_mask_list_item_data.to_dict()
                rle_mask_list.append(rle_mask_list_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if frame_index is not UNSET:
            field_dict["frame_index"] = frame_index
        if rle_mask_list is not UNSET:
            field_dict["rle_mask_list"] = rle_mask_list

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        frame_index = d.pop("frame_index", UNSET)

        _rle_mask_list = d.pop("rle_mask_list", UNSET)
        rle_mask_list: list[MultiElementsArea] | Unset = UNSET
        if _rle_mask_list is not None and _rle_mask_list is not UNSET:
            rle_mask_list = []
            for rle_mask_list_item_data in _rle_mask_list:
                rle_mask_list_item = MultiElementsArea.from_dict(
                    rle_mask_list_item_data
                )

                rle_mask_list.append(rle_mask_list_item)

        multi_elements_frame = cls(
            frame_index=frame_index,
            rle_mask_list=rle_mask_list,
        )

        multi_elements_frame.additional_properties = d
        return multi_elements_frame

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


from ..models.multi_elements_area import MultiElementsArea
