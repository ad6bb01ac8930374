from typing import Literal, cast

TextToVideoAspectRatio = Literal["16:9", "1:1", "9:16"]


def check_text_to_video_aspect_ratio(value: object) -> TextToVideoAspectRatio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(TextToVideoAspectRatio, value)
