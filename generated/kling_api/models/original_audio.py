from typing import Literal, cast

OriginalAudio = Literal["off", "original"]


def check_original_audio(value: object) -> OriginalAudio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OriginalAudio, value)
