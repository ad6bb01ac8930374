from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="MultiElementsRleMask")


@_attrs_define(kw_only=True)
class MultiElementsRleMask:
    """Run lengths, compressed as in the COCO data set.

    Attributes:
        size: Two numbers of pixels; Kling's sample code reads them as height and width.
            Kling's example has 720 and 1280 for a video that is 720 pixels wide and 1280 pixels high.
        counts: The run lengths.
    """

    size: list[int] | Unset = UNSET
    """ Two numbers of pixels; Kling's sample code reads them as height and width.
    Kling's example has 720 and 1280 for a video that is 720 pixels wide and 1280 pixels high. """
    counts: str | Unset = UNSET
    """ The run lengths. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        size: list[int] | Unset = UNSET
        if not isinstance(self.size, Unset):
            size = self.size

        counts = self.counts

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if size is not UNSET:
            field_dict["size"] = size
        if counts is not UNSET:
            field_dict["counts"] = counts

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        size = cast(list[int], d.pop("size", UNSET))

        counts = d.pop("counts", UNSET)

        multi_elements_rle_mask = cls(
            size=size,
            counts=counts,
        )

        multi_elements_rle_mask.additional_properties = d
        return multi_elements_rle_mask

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
