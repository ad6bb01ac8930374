from typing import Literal, cast

LipSyncLanguage = Literal["en", "zh"]


def check_lip_sync_language(value: object) -> LipSyncLanguage:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(LipSyncLanguage, value)
