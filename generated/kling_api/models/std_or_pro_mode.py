from typing import Literal, cast

StdOrProMode = Literal["pro", "std"]


def check_std_or_pro_mode(value: object) -> StdOrProMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(StdOrProMode, value)
