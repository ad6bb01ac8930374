from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Image")


@_attrs_define(kw_only=True)
class Image:
    """One generated image, or one set of three views.

    Attributes:
        index: Number of the image in its list; the first one is 0.
        url: Where to download the image: a signed URL. The file is deleted 30 days after the creation of the task.
        watermark_url: Where to download the watermarked copy, if you requested one: a signed URL. The file is deleted together
            with the original.
        url_1: Where to download the first view; only for AI multi-shot, whose images have no url.
        url_2: Where to download the second view.
        url_3: Where to download the third view.
    """

    index: int | Unset = UNSET
    """ Number of the image in its list; the first one is 0. """
    url: str | Unset = UNSET
    """ Where to download the image: a signed URL. The file is deleted 30 days after the creation of the task. """
    watermark_url: str | Unset = UNSET
    """ Where to download the watermarked copy, if you requested one: a signed URL. The file is deleted together
    with the original. """
    url_1: str | Unset = UNSET
    """ Where to download the first view; only for AI multi-shot, whose images have no url. """
    url_2: str | Unset = UNSET
    """ Where to download the second view. """
    url_3: str | Unset = UNSET
    """ Where to download the third view. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        url = self.url

        watermark_url = self.watermark_url

        url_1 = self.url_1

        url_2 = self.url_2

        url_3 = self.url_3

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if index is not UNSET:
            field_dict["index"] = index
        if url is not UNSET:
            field_dict["url"] = url
        if watermark_url is not UNSET:
            field_dict["watermark_url"] = watermark_url
        if url_1 is not UNSET:
            field_dict["url_1"] = url_1
        if url_2 is not UNSET:
            field_dict["url_2"] = url_2
        if url_3 is not UNSET:
            field_dict["url_3"] = url_3

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        index = d.pop("index", UNSET)

        url = d.pop("url", UNSET)

        watermark_url = d.pop("watermark_url", UNSET)

        url_1 = d.pop("url_1", UNSET)

        url_2 = d.pop("url_2", UNSET)

        url_3 = d.pop("url_3", UNSET)

        image = cls(
            index=index,
            url=url,
            watermark_url=watermark_url,
            url_1=url_1,
            url_2=url_2,
            url_3=url_3,
        )

        image.additional_properties = d
        return image

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
