from typing import Literal, cast

AvatarMode = Literal["pro", "std"]


def check_avatar_mode(value: object) -> AvatarMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(AvatarMode, value)
