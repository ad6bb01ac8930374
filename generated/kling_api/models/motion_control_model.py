from typing import Literal, cast

MotionControlModel = Literal["kling-v2-6", "kling-v3"]


def check_motion_control_model(value: object) -> MotionControlModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MotionControlModel, value)
