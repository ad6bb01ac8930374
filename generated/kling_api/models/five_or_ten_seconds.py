from typing import Literal, cast

FiveOrTenSeconds = Literal[5, 10]


def check_five_or_ten_seconds(value: object) -> FiveOrTenSeconds:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(FiveOrTenSeconds, value)
