from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="CameraConfig")


@_attrs_define(kw_only=True)
class CameraConfig:
    """One movement of the camera. The other fields must be 0 or absent.
    Rules:
    - config must set at most one of horizontal, vertical, pan, tilt, roll and zoom to a number other than 0.

    Attributes:
        horizontal: Slide along the x axis; negative is left.
        vertical: Slide along the y axis; negative is down.
        pan: Turn around the y axis; negative is left. On Kling's pages of 2025, pan and tilt had each other's
            meaning.
        tilt: Turn around the x axis; negative is down.
        roll: Turn around the z axis; negative is counter-clockwise.
        zoom: Change the focal length; negative narrows the view, positive widens it.
    """

    horizontal: float | Unset = UNSET
    """ Slide along the x axis; negative is left. """
    vertical: float | Unset = UNSET
    """ Slide along the y axis; negative is down. """
    pan: float | Unset = UNSET
    """ Turn around the y axis; negative is left. On Kling's pages of 2025, pan and tilt had each other's meaning.
    """
    tilt: float | Unset = UNSET
    """ Turn around the x axis; negative is down. """
    roll: float | Unset = UNSET
    """ Turn around the z axis; negative is counter-clockwise. """
    zoom: float | Unset = UNSET
    """ Change the focal length; negative narrows the view, positive widens it. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        horizontal = self.horizontal

        vertical = self.vertical

        pan = self.pan

        tilt = self.tilt

        roll = self.roll

        zoom = self.zoom

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if horizontal is not UNSET:
            field_dict["horizontal"] = horizontal
        if vertical is not UNSET:
            field_dict["vertical"] = vertical
        if pan is not UNSET:
            field_dict["pan"] = pan
        if tilt is not UNSET:
            field_dict["tilt"] = tilt
        if roll is not UNSET:
            field_dict["roll"] = roll
        if zoom is not UNSET:
            field_dict["zoom"] = zoom

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        horizontal = d.pop("horizontal", UNSET)

        vertical = d.pop("vertical", UNSET)

        pan = d.pop("pan", UNSET)

        tilt = d.pop("tilt", UNSET)

        roll = d.pop("roll", UNSET)

        zoom = d.pop("zoom", UNSET)

        if d:
            raise unknown_field(cls, d)

        camera_config = cls(
            horizontal=horizontal,
            vertical=vertical,
            pan=pan,
            tilt=tilt,
            roll=roll,
            zoom=zoom,
        )

        return camera_config
