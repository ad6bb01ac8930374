from typing import Literal, cast

HighResolution = Literal["1080p", "4k", "720p"]


def check_high_resolution(value: object) -> HighResolution:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(HighResolution, value)
