from typing import Literal, cast

LipSyncAudioType = Literal["file", "url"]


def check_lip_sync_audio_type(value: object) -> LipSyncAudioType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(LipSyncAudioType, value)
