from typing import Literal, cast

StdOrProMode = Literal["pro", "std"]


def check_std_or_pro_mode(value: object) -> StdOrProMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(StdOrProMode, value)
