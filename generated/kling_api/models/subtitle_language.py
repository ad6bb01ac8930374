from typing import Literal, cast

SubtitleLanguage = Literal["en"]


def check_subtitle_language(value: object) -> SubtitleLanguage:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(SubtitleLanguage, value)
