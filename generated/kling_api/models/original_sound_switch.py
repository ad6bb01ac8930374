from typing import Literal, cast

OriginalSoundSwitch = Literal["no", "yes"]


def check_original_sound_switch(value: object) -> OriginalSoundSwitch:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OriginalSoundSwitch, value)
