from typing import Literal, cast

Kling30OmniVideoAudio = Literal["native", "off", "original"]


def check_kling_30_omni_video_audio(value: object) -> Kling30OmniVideoAudio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(Kling30OmniVideoAudio, value)
