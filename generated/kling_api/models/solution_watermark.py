from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="SolutionWatermark")


@_attrs_define(kw_only=True)
class SolutionWatermark:
    """Whether to make a copy with Kling's watermark too. The field is named watermark here, but watermark_info in the rest
    of the current standard.

    Attributes:
        enabled: True makes a watermarked copy too, returned as watermark_url.
            Kling's default: `false`.
    """

    enabled: bool | Unset = UNSET
    """ True makes a watermarked copy too, returned as watermark_url.
    Kling's default: `false`. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        enabled = self.enabled

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if enabled is not UNSET:
            field_dict["enabled"] = enabled

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        enabled = d.pop("enabled", UNSET)

        if d:
            raise unknown_field(cls, d)

        solution_watermark = cls(
            enabled=enabled,
        )

        return solution_watermark
