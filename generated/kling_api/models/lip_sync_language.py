from typing import Literal, cast

LipSyncLanguage = Literal["en", "zh"]


def check_lip_sync_language(value: object) -> LipSyncLanguage:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(LipSyncLanguage, value)
