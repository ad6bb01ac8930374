from typing import Literal, cast

VideoDuration = Literal[
    "10", "11", "12", "13", "14", "15", "3", "4", "5", "6", "7", "8", "9"
]


def check_video_duration(value: object) -> VideoDuration:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoDuration, value)
