"""Units and money stay apart."""

from decimal import Decimal

import pytest
from kling import Amount

EIGHT = Decimal(8)


def test_amounts_of_one_unit_are_added_and_compared():
    amounts = [Amount(Decimal("2.5"), "units"), Amount(EIGHT, "units")]

    assert sum(amounts) == Amount(Decimal("10.5"), "units")
    assert amounts[1] - amounts[0] == Amount(Decimal("5.5"), "units")
    assert max(amounts) == amounts[1]
    assert amounts[0] <= amounts[1]
    assert str(sum(amounts)) == "10.5 Kling units"


@pytest.mark.parametrize("other", [Amount(EIGHT, "USD"), Amount(EIGHT, "")])
def test_units_are_no_money(other):
    units = Amount(EIGHT, "units")

    assert units != other
    for mix in (lambda: units + other, lambda: units - other, lambda: units < other):
        with pytest.raises(
            TypeError, match=r"cannot combine 8 Kling units with 8 .*: the units differ"
        ):
            mix()


def test_money_of_an_unknown_currency_is_not_added_up():
    money = Amount(Decimal("0.35"), "")

    with pytest.raises(TypeError, match=r"did not state the currency of 0\.35"):
        sum([money, money])


@pytest.mark.parametrize("value", ["5", 5, 1.5, None])
def test_an_amount_is_a_decimal(value):
    with pytest.raises(TypeError, match="an amount is a Decimal"):
        Amount(value, "units")


@pytest.mark.parametrize("number", [1, 1.5, Decimal(1), "1"])
def test_a_bare_number_is_no_amount(number):
    amount = Amount(EIGHT, "USD")

    for mix in (lambda: amount + number, lambda: number + amount, lambda: amount < number):
        with pytest.raises(TypeError):
            mix()


def test_what_may_be_units_or_money_is_not_added_up():
    one = Amount(Decimal(9), "unknown")

    assert str(one) == "9 (Kling did not state whether units or money)"
    with pytest.raises(TypeError, match="did not state the unit of 9 and 9"):
        one + one
