from typing import Literal, cast

SoundSwitch = Literal["off", "on"]


def check_sound_switch(value: object) -> SoundSwitch:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(SoundSwitch, value)
