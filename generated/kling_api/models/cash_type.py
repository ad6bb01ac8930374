from typing import Literal, cast

CashType = Literal["balance", "test_balance"]


def check_cash_type(value: object) -> CashType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(CashType, value)
