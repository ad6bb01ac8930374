from typing import Literal, cast

CashType = Literal["balance", "test_balance"]


def check_cash_type(value: object) -> CashType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(CashType, value)
