from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="MultiElementsPoint")


@_attrs_define(kw_only=True)
class MultiElementsPoint:
    """A point of a frame.
    Open: which corner is the origin. According to Kling's page, [0, 1] is the upper left corner; according to a
    gateway, [0, 0] is.

    Attributes:
        x: Share of the frame's width.
        y: Share of the frame's height.
    """

    x: float
    """ Share of the frame's width. """
    y: float
    """ Share of the frame's height. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        x = self.x

        y = self.y

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "x": x,
                "y": y,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        x = d.pop("x")

        y = d.pop("y")

        if d:
            raise unknown_field(cls, d)

        multi_elements_point = cls(
            x=x,
            y=y,
        )

        return multi_elements_point
