from typing import Literal, cast

BalanceDeductionFilterKey = Literal["api_key_name"]


def check_balance_deduction_filter_key(value: object) -> BalanceDeductionFilterKey:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(BalanceDeductionFilterKey, value)
