from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="TrajectoryPoint")


@_attrs_define(kw_only=True)
class TrajectoryPoint:
    """A point of the image; the origin is the lower left corner.

    Attributes:
        x: Pixels from the left edge.
        y: Pixels from the lower edge.
    """

    x: int
    """ Pixels from the left edge. """
    y: int
    """ Pixels from the lower edge. """

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

        trajectory_point = cls(
            x=x,
            y=y,
        )

        return trajectory_point
