from typing import Literal, cast

CharacterOrientation = Literal["image", "video"]


def check_character_orientation(value: object) -> CharacterOrientation:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(CharacterOrientation, value)
