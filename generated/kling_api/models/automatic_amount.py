from typing import Literal, cast

AutomaticAmount = Literal["auto"]


def check_automatic_amount(value: object) -> AutomaticAmount:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(AutomaticAmount, value)
