from typing import Literal, cast

MultiElementsDuration = Literal["10", "5"]


def check_multi_elements_duration(value: object) -> MultiElementsDuration:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiElementsDuration, value)
