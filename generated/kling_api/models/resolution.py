from typing import Literal, cast

Resolution = Literal["1080p", "720p"]


def check_resolution(value: object) -> Resolution:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(Resolution, value)
