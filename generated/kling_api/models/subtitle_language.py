from typing import Literal, cast

SubtitleLanguage = Literal["en"]


def check_subtitle_language(value: object) -> SubtitleLanguage:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(SubtitleLanguage, value)
