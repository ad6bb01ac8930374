from typing import Literal, cast

NativeAudio = Literal["native", "off"]


def check_native_audio(value: object) -> NativeAudio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(NativeAudio, value)
