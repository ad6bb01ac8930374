from typing import Literal, cast

HighResolution = Literal["1080p", "4k", "720p"]


def check_high_resolution(value: object) -> HighResolution:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(HighResolution, value)
