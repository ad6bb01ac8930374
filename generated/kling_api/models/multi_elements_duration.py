from typing import Literal, cast

MultiElementsDuration = Literal["10", "5"]


def check_multi_elements_duration(value: object) -> MultiElementsDuration:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiElementsDuration, value)
