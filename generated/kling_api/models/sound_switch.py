from typing import Literal, cast

SoundSwitch = Literal["off", "on"]


def check_sound_switch(value: object) -> SoundSwitch:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(SoundSwitch, value)
