from typing import Literal, cast

CameraMovement = Literal[
    "down_back", "forward_up", "left_turn_forward", "right_turn_forward", "simple"
]


def check_camera_movement(value: object) -> CameraMovement:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(CameraMovement, value)
