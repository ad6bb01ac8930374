from typing import Literal, cast

ShotType = Literal["customize", "intelligence"]


def check_shot_type(value: object) -> ShotType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ShotType, value)
