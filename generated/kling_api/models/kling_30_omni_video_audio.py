from typing import Literal, cast

Kling30OmniVideoAudio = Literal["native", "off", "original"]


def check_kling_30_omni_video_audio(value: object) -> Kling30OmniVideoAudio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(Kling30OmniVideoAudio, value)
