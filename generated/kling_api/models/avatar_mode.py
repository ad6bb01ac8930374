from typing import Literal, cast

AvatarMode = Literal["pro", "std"]


def check_avatar_mode(value: object) -> AvatarMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(AvatarMode, value)
