from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.camera_movement import CameraMovement, check_camera_movement
from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="CameraControl")


@_attrs_define(kw_only=True)
class CameraControl:
    """A camera movement; without it the model chooses one.
    Rules:
    - config must set one of its movements to a number other than 0 when type is simple.
    - config must be absent, null or without any movement when type is down_back, forward_up, right_turn_forward or
    left_turn_forward; only type simple takes a config.

    Attributes:
        type_: simple moves the camera along or around one axis, or changes the focal length, as config says.
            down_back moves down and backward; forward_up moves forward and tilts up.
            right_turn_forward turns right, then moves forward; left_turn_forward turns left, then moves forward.
        config: How far the camera moves, for type simple. With every other type, it must be absent, null or without a
            movement.
    """

    type_: CameraMovement | Unset = UNSET
    """ simple moves the camera along or around one axis, or changes the focal length, as config says.
    down_back moves down and backward; forward_up moves forward and tilts up.
    right_turn_forward turns right, then moves forward; left_turn_forward turns left, then moves forward. """
    config: CameraConfig | None | Unset = UNSET
    """ How far the camera moves, for type simple. With every other type, it must be absent, null or without a
    movement. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        config: dict[str, Any] | None | Unset
        if isinstance(self.config, Unset):
            config = UNSET
        elif isinstance(self.config, CameraConfig):
            config = self.config.to_dict()
        else:
            config = self.config

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if config is not UNSET:
            field_dict["config"] = config

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _type_ = d.pop("type", UNSET)
        type_: CameraMovement | Unset
        if _type_ is None or isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_camera_movement(_type_)

        def _parse_config(data: object) -> CameraConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                config_type_0 = CameraConfig.from_dict(data)

                return config_type_0
            except UnknownFieldError:
                raise
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CameraConfig | None | Unset, data)

        config = _parse_config(d.pop("config", UNSET))

        if d:
            raise unknown_field(cls, d)

        camera_control = cls(
            type_=type_,
            config=config,
        )

        return camera_control


from ..models.camera_config import CameraConfig
