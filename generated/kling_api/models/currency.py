from typing import Literal, cast

Currency = Literal["CNY", "USD"]


def check_currency(value: object) -> Currency:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(Currency, value)
