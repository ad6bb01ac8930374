"""What was charged, held against the price list, by what the lists of deductions say."""

import copy
import json
from decimal import Decimal

import httpx
import kling
import pytest
from click.testing import CliRunner
from kling import Kling, models
from kling._cli import cli  # private: the command, as test_commands has it
from kling._cost import reconciled  # private: what the command shows
from kling.description import load
from kling.mock import Balance, KlingMock

from tests.support.priced_bodies import priced_bodies

KEY = "mock-api-key"
BEFORE = 1772323200.0
SPAN = {"start_time": 0, "end_time": 10**13}
BODIES = [
    one
    for one in priced_bodies()
    if one.most and not one.operation.startswith("createMultiElements") and not one.refused
]


def made(mock, operation, body):
    create = load().operations[operation]
    with httpx.Client(transport=mock.transport, base_url="https://kling-mock.invalid") as http:
        reply = http.post(create.path, json=body, headers={"Authorization": f"Bearer {KEY}"})
    assert reply.json()["code"] == 0
    mock.clock.advance(3600)


def rows(mock):
    with Kling(api_key=KEY, transport=mock.transport) as client:
        units = client.deductions(models.ListPackageDeductionsRequest(**SPAN))
        money = client.deductions(models.ListBalanceDeductionsRequest(**SPAN))
        return [reconciled(one) for one in (*units, *money)]


@pytest.mark.parametrize("balance", [None, Balance.parse("USD:999")], ids=["units", "money"])
@pytest.mark.parametrize("one", BODIES, ids=lambda one: one.operation)
def test_what_the_mock_charges_is_what_the_list_says(one, balance):
    mock = KlingMock(now=BEFORE, balance=balance)
    made(mock, one.operation, one.body)

    [row] = rows(mock)

    assert not row.differs
    assert row.charged.unit == ("USD" if balance else "units")
    assert (row.minimum is None) == bool(row.reason)


def repriced(**units):
    """Return a description in which rows of text to video have other prices."""
    document = copy.deepcopy(load().document)
    price = document["paths"]["/v1/videos/text2video"]["post"]["x-kling-price"]
    for row in price["rows"]:
        row["units"] = units.get(f"u{row.get('units', '').replace('.', '')}", row.get("units"))
    price["rows"] = [row for row in price["rows"] if row["units"]]
    return document


@pytest.mark.parametrize("balance", [None, Balance.parse("USD:999")], ids=["units", "money"])
def test_another_price_is_pointed_out(balance):
    mock = KlingMock(now=BEFORE, document=repriced(u06="0.65"), balance=balance)
    made(mock, "createTextToVideoTask", {"model_name": "kling-v3", "prompt": "A fox"})

    [row] = rows(mock)

    assert row.differs
    worth = Decimal("0.14") if balance else 1
    assert (row.minimum, row.maximum) == (3 * worth, 3 * worth)
    assert row.charged.value == Decimal("3.25") * worth


def test_what_the_list_does_not_tell_is_unknown(scripted):
    entries = [
        {"task_id": "1", "deduction_amount": 9, "model_name": "kling-v9"},
        {"task_id": "2", "deduction_amount": 9},
        {"task_id": "3", "deduction_amount": 3, "model_name": "kling-v3", "resolution": "720p"},
        {"task_id": "4", "deduction_amount": 4.4, "product_function": "avatar", "duration": "x"},
    ]
    data = {"code": 0, "data": {"result": {"detail": entries}}}
    client = Kling(api_key=KEY, transport=scripted(data))

    found = client.deductions(models.ListPackageDeductionsRequest(cursor="abc"))

    assert [(one.task_id, one.reason, one.differs) for one in map(reconciled, found)] == [
        ("1", "no price is known for such a task", False),
        ("2", "no price is known for such a task", False),
        (
            "3",
            "several prices fit, and the list of deductions does not say which one applies",
            False,
        ),
        ("4", "the list of deductions does not state the length of the result", False),
    ]


def test_a_live_charge_that_the_rows_do_not_explain_is_pointed_out(scripted):
    entry = {"deduction_amount": 4.4, "product_function": "avatar", "resolution": "720p"}
    data = {"code": 0, "data": {"result": {"detail": [{**entry, "duration": "12.27"}]}}}
    client = Kling(api_key=KEY, transport=scripted(data))

    [row] = map(reconciled, client.deductions(models.ListPackageDeductionsRequest(cursor="abc")))

    assert (row.minimum, row.maximum, row.differs) == (Decimal("4.8"), Decimal("5.2"), True)


@pytest.fixture
def command(monkeypatch):
    """Return a function that runs `kling reconcile` against a mock in process."""

    def run(mock, *options):
        def client():
            return Kling(api_key=KEY, transport=mock.transport)

        name = "kling._cli.reconcile_command.Kling"  # private: the command takes no transport
        monkeypatch.setattr(name, client)
        return CliRunner().invoke(cli, ["reconcile", "--since", "2026-02-01", *options])

    return run


def test_the_command_shows_a_line_a_task(command):
    mock = KlingMock(now=BEFORE)
    made(mock, "createTextToVideoTask", {"model_name": "kling-v3", "prompt": "A fox"})
    made(
        mock, "createAvatarTask", {"image": "https://a.b/c.png", "sound_file": "https://a.b/c.mp3"}
    )

    shown = command(mock)

    first, second = shown.stdout.splitlines()
    assert first.endswith("text to video kling-v3  charged 3 units  expected 3")
    assert second.endswith("avatar  charged 2 units  expected 2")
    assert shown.stderr == "2 deductions: 0 differ from the price list, 0 have no known price\n"
    assert shown.exit_code == 0


def test_the_command_points_out_what_differs(command):
    mock = KlingMock(now=BEFORE, document=repriced(u06="0.65"))
    made(mock, "createTextToVideoTask", {"model_name": "kling-v3", "prompt": "A fox"})

    shown = command(mock)
    as_json = command(mock, "--json")

    assert shown.stdout.endswith("charged 3.25 units  expected 3  DIFFERS\n")
    assert (shown.exit_code, as_json.exit_code) == (1, 1)
    [row] = json.loads(as_json.stdout)
    assert (row["differs"], row["maximum"], row["charged"]["value"]) == (True, "3.0", "3.25")


def test_a_wrong_day_is_refused(command):
    shown = CliRunner().invoke(cli, ["reconcile", "--since", "yesterday"])

    assert shown.exit_code == 2
    assert "'yesterday' is not a date, such as 2026-11-01" in shown.stderr


def test_only_an_api_key_is_taken(monkeypatch):
    monkeypatch.delenv("KLING_API_KEY", raising=False)
    monkeypatch.setenv("KLING_ACCESS_KEY", "a")
    monkeypatch.setenv("KLING_SECRET_KEY", "b" * 40)

    shown = CliRunner().invoke(cli, ["reconcile", "--since", "2026-11-01"])

    assert shown.exit_code == 1
    assert "takes only an API key" in shown.stderr
    assert kling.CredentialsError.__name__ not in shown.stderr
