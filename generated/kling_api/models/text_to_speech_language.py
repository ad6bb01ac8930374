from typing import Literal, cast

TextToSpeechLanguage = Literal["en", "zh"]


def check_text_to_speech_language(value: object) -> TextToSpeechLanguage:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(TextToSpeechLanguage, value)
