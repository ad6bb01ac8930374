from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="MultiElementsArea")


@_attrs_define(kw_only=True)
class MultiElementsArea:
    """One area, in two forms.

    Attributes:
        object_id: Number of the area.
        rle_mask: The area as run lengths.
        png_mask: The area as an image.
    """

    object_id: int | Unset = UNSET
    """ Number of the area. """
    rle_mask: MultiElementsRleMask | Unset = UNSET
    """ The area as run lengths. """
    png_mask: MultiElementsPngMask | Unset = UNSET
    """ The area as an image. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        object_id = self.object_id

        rle_mask: dict[str, Any] | Unset = UNSET
        if not isinstance(self.rle_mask, Unset):
            rle_mask = self.rle_mask.to_dict()

        png_mask: dict[str, Any] | Unset = UNSET
        if not isinstance(self.png_mask, Unset):
            png_mask = self.png_mask.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if object_id is not UNSET:
            field_dict["object_id"] = object_id
        if rle_mask is not UNSET:
            field_dict["rle_mask"] = rle_mask
        if png_mask is not UNSET:
            field_dict["png_mask"] = png_mask

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        object_id = d.pop("object_id", UNSET)

        _rle_mask = d.pop("rle_mask", UNSET)
        rle_mask: MultiElementsRleMask | Unset
        if _rle_mask is None or isinstance(_rle_mask, Unset):
            rle_mask = UNSET
        else:
            rle_mask = MultiElementsRleMask.from_dict(_rle_mask)

        _png_mask = d.pop("png_mask", UNSET)
        png_mask: MultiElementsPngMask | Unset
        if _png_mask is None or isinstance(_png_mask, Unset):
            png_mask = UNSET
        else:
            png_mask = MultiElementsPngMask.from_dict(_png_mask)

        multi_elements_area = cls(
            object_id=object_id,
            rle_mask=rle_mask,
            png_mask=png_mask,
        )

        multi_elements_area.additional_properties = d
        return multi_elements_area

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


from ..models.multi_elements_png_mask import MultiElementsPngMask
from ..models.multi_elements_rle_mask import MultiElementsRleMask
