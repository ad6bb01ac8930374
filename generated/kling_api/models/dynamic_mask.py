from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="DynamicMask")


@_attrs_define(kw_only=True)
class DynamicMask:
    """An area of the image, and the path along which it moves.

    Attributes:
        mask: A mask image with the area painted. It must have the size of static_mask and of every other mask, and
            the aspect ratio of image. Otherwise the task fails.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        trajectories: The points of the path, in the direction of travel; two points make a straight line.
    """

    mask: str
    """ A mask image with the area painted. It must have the size of static_mask and of every other mask, and the
    aspect ratio of image. Otherwise the task fails.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    trajectories: list[TrajectoryPoint]
    """ The points of the path, in the direction of travel; two points make a straight line. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        mask = self.mask

        trajectories = []
        for trajectories_item_data in self.trajectories:
            trajectories_item = trajectories_item_data.to_dict()
            trajectories.append(trajectories_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "mask": mask,
                "trajectories": trajectories,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        mask = d.pop("mask")

        trajectories = []
        _trajectories = d.pop("trajectories")
        for trajectories_item_data in _trajectories:
            trajectories_item = TrajectoryPoint.from_dict(trajectories_item_data)

            trajectories.append(trajectories_item)

        if d:
            raise unknown_field(cls, d)

        dynamic_mask = cls(
            mask=mask,
            trajectories=trajectories,
        )

        return dynamic_mask


from ..models.trajectory_point import TrajectoryPoint
