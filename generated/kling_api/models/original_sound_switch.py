from typing import Literal, cast

OriginalSoundSwitch = Literal["no", "yes"]


def check_original_sound_switch(value: object) -> OriginalSoundSwitch:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OriginalSoundSwitch, value)
