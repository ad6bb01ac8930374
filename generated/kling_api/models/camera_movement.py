from typing import Literal, cast

CameraMovement = Literal[
    "down_back", "forward_up", "left_turn_forward", "right_turn_forward", "simple"
]


def check_camera_movement(value: object) -> CameraMovement:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(CameraMovement, value)
