from typing import Literal, cast

Resolution = Literal["1080p", "720p"]


def check_resolution(value: object) -> Resolution:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(Resolution, value)
