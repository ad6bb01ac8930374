from typing import Literal, cast

TextToSpeechLanguage = Literal["en", "zh"]


def check_text_to_speech_language(value: object) -> TextToSpeechLanguage:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(TextToSpeechLanguage, value)
