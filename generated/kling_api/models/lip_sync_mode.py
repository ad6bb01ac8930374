from typing import Literal, cast

LipSyncMode = Literal["audio2video", "text2video"]


def check_lip_sync_mode(value: object) -> LipSyncMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(LipSyncMode, value)
