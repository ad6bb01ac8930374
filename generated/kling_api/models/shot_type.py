from typing import Literal, cast

ShotType = Literal["customize", "intelligence"]


def check_shot_type(value: object) -> ShotType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ShotType, value)
