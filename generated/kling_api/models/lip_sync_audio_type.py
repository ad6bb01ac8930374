from typing import Literal, cast

LipSyncAudioType = Literal["file", "url"]


def check_lip_sync_audio_type(value: object) -> LipSyncAudioType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(LipSyncAudioType, value)
