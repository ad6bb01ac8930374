from typing import Literal, cast

CharacterOrientation = Literal["image", "video"]


def check_character_orientation(value: object) -> CharacterOrientation:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(CharacterOrientation, value)
