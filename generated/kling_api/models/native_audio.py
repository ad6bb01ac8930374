from typing import Literal, cast

NativeAudio = Literal["native", "off"]


def check_native_audio(value: object) -> NativeAudio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(NativeAudio, value)
