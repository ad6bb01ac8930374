from typing import Literal, cast

OriginalAudio = Literal["off", "original"]


def check_original_audio(value: object) -> OriginalAudio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OriginalAudio, value)
