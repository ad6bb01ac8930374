from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="MultiElementsSelectionPointsRequest")


@_attrs_define(kw_only=True)
class MultiElementsSelectionPointsRequest:
    """Multi elements: A video in which something is added, swapped or removed.
    The body of createMultiElementsSelectionPoints, POST /v1/videos/multi-elements/add-selection.
    What to mark in one frame.

    Attributes:
        session_id: Session of the selection; it lasts 24 hours.
        frame_index: Number of the frame. At most 10 frames of a selection can have points.
        points: The points. A frame can have at most 10 points.
    """

    session_id: str
    """ Session of the selection; it lasts 24 hours. """
    frame_index: int
    """ Number of the frame. At most 10 frames of a selection can have points. """
    points: list[MultiElementsPoint]
    """ The points. A frame can have at most 10 points. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        session_id = self.session_id

        frame_index = self.frame_index

        points = []
        for points_item_data in self.points:
            points_item = points_item_data.to_dict()
            points.append(points_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "session_id": session_id,
                "frame_index": frame_index,
                "points": points,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        session_id = d.pop("session_id")

        frame_index = d.pop("frame_index")

        points = []
        _points = d.pop("points")
        for points_item_data in _points:
            points_item = MultiElementsPoint.from_dict(points_item_data)

            points.append(points_item)

        if d:
            raise unknown_field(cls, d)

        multi_elements_selection_points_request = cls(
            session_id=session_id,
            frame_index=frame_index,
            points=points,
        )

        return multi_elements_selection_points_request


from ..models.multi_elements_point import MultiElementsPoint
