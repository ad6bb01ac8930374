"""What the mock charges: by the prices of the description, in replies, lists and packages alike."""

from collections import Counter
from decimal import Decimal
from functools import cache

import httpx
import kling
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from kling.description import Rules, load, prices_of
from kling.mock import Balance, KlingMock, Package

from tests.support.priced_bodies import priced_bodies

# An edit needs a selection that was made before; no price of one is known.
BODIES = [
    one
    for one in priced_bodies()
    if not one.refused and not one.operation.startswith("createMultiElements")
]
CREATES = {one.operation: load().operations[one.operation] for one in BODIES}
# The day before the older models ended.
BEFORE = 1772323200.0
PACKAGES = [Package("video", 1000, 90_000), Package("image", 1000, 90_000)]
SPAN = {"start_time": 0, "end_time": 10**13, "limit": 500}
TEXT = "/v1/videos/text2video"
FOX = {"model_name": "kling-v3", "prompt": "A fox"}


def account(ask_of, **options):
    """Return a mock with packages, and how to ask it."""
    mock = KlingMock(now=BEFORE, **({"packages": PACKAGES} | options))
    return mock, ask_of(mock)


def send(ask, one):
    reply = ask("POST", CREATES[one.operation].path, json=one.body).json()
    assert reply["code"] == 0, (one, reply)
    return reply["data"]


def ledger(ask, kind="package"):
    rows = []
    asked = SPAN
    while asked:
        data = ask("POST", f"/account/billing/{kind}", json=asked).json()["data"]
        rows += data["result"]["detail"]
        asked = {"cursor": data["next_cursor"]} if data["has_more"] else None
    return rows


def charged(ask):
    """Return the units in the list of deductions, by kind of package."""
    sums = Counter()
    for row in ledger(ask):
        sums[row["product_type"]] += Decimal(str(row["deduction_amount"]))
    return sums


def gone(mock):
    """Return the units that the packages no longer have, by their kind."""
    packages = mock.state()["packages"]
    return Counter({one["type"]: one["units"] - Decimal(str(one["left"])) for one in packages})


@pytest.mark.parametrize("one", BODIES, ids=lambda one: one.operation)
def test_a_create_is_charged_what_was_worked_out_by_hand(ask_of, one):
    packages = [*PACKAGES, Package("try-on", 9, 100)]
    mock, ask = account(ask_of, packages=packages)

    send(ask, one)
    mock.clock.advance(3600)

    rows = ledger(ask)
    if one.least is None or not one.most:
        assert rows == []
        assert sum(gone(mock).values()) == 0
        return
    [row] = rows
    amount = Decimal(str(row["deduction_amount"]))
    assert one.least <= amount <= one.most
    assert gone(mock)[row["product_type"]] == amount


# ---------------------------------------------------------------------------- random requests

FIELDS = ("model_name", "mode", "sound", "duration", "n", "resolution", "result_type", "audio")


def choices(operation):
    """Return the values of each field that a price may depend on."""
    schema = load().schemas[operation.request]
    nested = load().resolve(schema["properties"].get("settings", {})).get("properties", {})
    found = {}
    for place, properties in (("", schema["properties"]), ("settings", nested)):
        for name in set(FIELDS) & properties.keys():
            node = load().resolve(properties[name])
            span = range(node.get("minimum", 1), node.get("maximum", 0) + 1)
            found[place, name] = node.get("enum") or list(span)
    return found


@some.composite
def priced_requests(draw):
    """Draw a valid request whose price is known exactly: (operation, body)."""
    one = draw(some.sampled_from(BODIES))
    operation, body = CREATES[one.operation], one.body
    for (place, name), values in choices(operation).items():
        if values and draw(some.booleans()):
            value = draw(some.sampled_from(values))
            body = (
                {**body, place: {**body.get(place, {}), name: value}}
                if place
                else {
                    **body,
                    name: value,
                }
            )
    return one.operation, body


@cache
def rules_of(operation):
    return Rules(load(), {"$ref": f"#/components/schemas/{CREATES[operation].request}"})


def is_fit(operation, body):
    rules = rules_of(operation)
    cost = prices_of(load(), operation).cost(body)
    return rules.are_kept_by(body) and cost.least is not None and cost.least == cost.most


REQUESTS = priced_requests().filter(lambda one: is_fit(*one))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(requests=some.lists(REQUESTS, min_size=25, max_size=25))
def test_estimates_add_up_to_the_list_of_deductions(ask_of, requests):
    mock, ask = account(ask_of)

    estimates = [kling.estimate_body(*one) for one in requests]
    for operation, body in requests:
        reply = ask("POST", CREATES[operation].path, json=body).json()
        assert reply["code"] == 0, reply
        mock.clock.advance(3600)

    expected = Counter(kling.estimate_all(estimates).units)
    assert +charged(ask) == +expected
    assert +gone(mock) == +expected


# ------------------------------------------------------------------------------------- the rest


def test_a_reply_says_what_was_charged(ask_of):
    mock, ask = account(ask_of)
    made = ask("POST", TEXT, json={**FOX, "duration": "7"}).json()["data"]["task_id"]
    mock.clock.advance(600)

    assert ask("GET", f"{TEXT}/{made}").json()["data"]["final_unit_deduction"] == "4.2"
    [task] = ask("GET", "/tasks", params={"task_ids": made}).json()["data"]
    assert task["billing"] == [{"charge_type": "unit", "amount": "4.2", "package_type": "video"}]
    [row] = ledger(ask)
    assert (row["resolution"], row["duration"], row["deduction_amount"]) == ("720p", "7", 4.2)
    assert (row["unit_before_deduction"], row["unit_after_deduction"]) == (90_000, 89_995.8)
    assert ledger(ask, "balance") == []


def test_speech_is_charged_at_once(ask_of):
    mock, ask = account(ask_of)
    speech = {"text": "Hello", "voice_id": "uk_boy1", "voice_language": "en"}

    data = ask("POST", "/v1/audio/tts", json=speech).json()["data"]

    assert data["final_unit_deduction"] == "0.05"
    [row] = ledger(ask)
    assert (row["task_id"], row["deduction_amount"]) == (data["task_id"], 0.05)
    assert gone(mock)["video"] == Decimal("0.05")
    assert "duration" not in row


def test_what_fails_costs_nothing(ask_of):
    mock, ask = account(ask_of)
    mock.plan("submitted", "failed")
    made = ask("POST", TEXT, json=FOX).json()["data"]["task_id"]
    assert gone(mock)["video"] == 3
    mock.clock.advance(600)

    shown = ask("GET", f"{TEXT}/{made}").json()["data"]

    assert "final_unit_deduction" not in shown
    assert ledger(ask) == []
    assert gone(mock)["video"] == 0


def test_a_package_that_cannot_pay_is_1102(ask_of):
    _, ask = account(ask_of, packages=[Package("video", 9, 5)])

    codes = [ask("POST", TEXT, json=FOX).json()["code"] for _ in range(2)]

    assert codes == [0, 1102]
    assert ask("POST", TEXT, json={**FOX, "duration": "3"}).json()["code"] == 0


def test_a_second_package_pays_the_rest(ask_of):
    first, second = Package("video", 9, 4), Package("video", 9, 100)
    mock, ask = account(ask_of, packages=[first, second])
    for _ in range(2):
        ask("POST", TEXT, json=FOX)
        mock.clock.advance(600)

    assert [one["left"] for one in mock.state()["packages"]] == [0, 98]
    assert [row["package_id"] for row in ledger(ask)] == [first.id, first.id]


def test_a_balance_pays_at_list_price(ask_of):
    mock, ask = account(ask_of, packages=[], balance=Balance.parse("USD:0.9"))
    made = ask("POST", TEXT, json=FOX).json()["data"]["task_id"]
    mock.clock.advance(600)

    shown = ask("GET", f"{TEXT}/{made}").json()["data"]
    assert shown["final_balance_deduction"] == {"quota": "0.42", "list_price": "0.42"}
    [task] = ask("GET", "/tasks", params={"task_ids": made}).json()["data"]
    paid = {"charge_type": "cash", "cash_type": "balance", "currency": "USD"}
    assert task["billing"] == [{**paid, "amount": "0.42", "list_price": "0.42"}]
    [row] = ledger(ask, "balance")
    assert (row["deduction_amount"], row["list_price"], row["currency"]) == (0.42, 0.42, "USD")
    assert (row["balance_before_deduction"], row["balance_after_deduction"]) == (0.9, 0.48)
    assert ledger(ask) == []
    codes = [ask("POST", TEXT, json=FOX).json()["code"] for _ in range(2)]
    assert codes == [0, 1102]
    assert mock.state()["balance"] == {"currency": "USD", "amount": 0.9, "left": 0.06}


def test_a_balance_pays_where_no_package_can(ask_of):
    mock, ask = account(ask_of, packages=[Package("video", 9, 4)], balance=Balance.parse("USD:1"))

    codes = [ask("POST", TEXT, json=FOX).json()["code"] for _ in range(4)]
    mock.clock.advance(600)

    assert codes == [0, 0, 0, 1102]
    assert (len(ledger(ask)), len(ledger(ask, "balance"))) == (1, 2)


@pytest.mark.parametrize("text", ["", "USD", "USD:", "50", "USD:-1", "usd:5", "USD:1e3"])
def test_a_wrong_balance_says_how_to_write_one(text):
    with pytest.raises(ValueError, match="CURRENCY:AMOUNT, such as USD:50"):
        Balance.parse(text)


def test_a_balance_is_in_a_currency_that_has_prices():
    with pytest.raises(ValueError, match="in CNY cannot pay for anything; prices are in USD"):
        KlingMock(balance=Balance.parse("CNY:50"))
    with pytest.raises(ValueError, match="the description has no prices in money"):
        KlingMock(dialect="china", balance=Balance.parse("USD:50"))


def test_a_reset_gives_everything_back(ask_of):
    mock, ask = account(ask_of)
    ask("POST", TEXT, json=FOX)
    mock.clock.advance(600)

    with httpx.Client(transport=mock.transport, base_url="https://kling-mock.invalid") as client:
        client.post("/_mock/reset", json={}).raise_for_status()

    assert gone(mock)["video"] == 0
    assert ledger(ask) == []
