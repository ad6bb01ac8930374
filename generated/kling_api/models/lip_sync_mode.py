from typing import Literal, cast

LipSyncMode = Literal["audio2video", "text2video"]


def check_lip_sync_mode(value: object) -> LipSyncMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(LipSyncMode, value)
