"""What creates cost: the rows of x-kling-price against bodies with units worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from every_slip import for_each
from kling.description import Rules, Spec, capabilities, currency, load, prices_of, unit_value
from kling.description.prices import Prices

from scripts.build.price_list import price_lines
from tests.support.priced_bodies import PricedBody, priced_bodies

BODIES = list(priced_bodies())
CREATES = [one for one in load().operations.values() if one.verb == "create"]


def prices(operation: str) -> Prices:
    found = prices_of(load(), operation)
    assert found is not None
    return found


def rules(operation: str) -> Rules:
    request = load().operations[operation].request
    return Rules(load(), {"$ref": f"#/components/schemas/{request}"})


def row_number(one: PricedBody) -> int | None:
    """Return which row is about a body, by trying each one alone."""
    operation = load().operations[one.operation]
    price = operation.node["x-kling-price"]
    for number, row in enumerate(price["rows"]):
        node = {**operation.node, "x-kling-price": {**price, "rows": [row]}}
        cost = Prices(load(), replace(operation, node=node)).cost(one.body)
        if cost.least is not None or cost.reason == row.get("open"):
            return number
    return None


@for_each(BODIES, lambda one: one.operation)
def test_a_body_costs_what_was_worked_out_by_hand(one: PricedBody) -> None:
    cost = prices(one.operation).cost(one.body)

    assert (cost.least, cost.most) == (one.least, one.most)
    assert bool(cost.reason) is (one.least is None)


@for_each(BODIES, lambda one: one.operation)
def test_the_bodies_are_those_that_kling_takes(one: PricedBody) -> None:
    assert bool(rules(one.operation).problems(one.body)) is one.refused


@for_each(CREATES, lambda one: one.id)
def test_each_row_has_a_body(create: Any) -> None:
    found = {row_number(one) for one in BODIES if one.operation == create.id}

    assert found - {None} == set(range(len(create.node["x-kling-price"]["rows"])))


@for_each(CREATES, lambda one: one.id)
def test_what_a_living_model_can_do_has_a_price_or_a_reason(create: Any) -> None:
    spec = load()
    for one in capabilities(spec, create):
        if one.retired:
            continue
        for quality, length in one.cells:
            cost = prices(create.id).cost(_body(spec, create, one.model, quality, length))
            assert not cost.reason.startswith("The price list has no row for")


def _body(spec: Spec, create: Any, model: str, quality: str, length: str) -> dict[str, Any]:
    if create.is_current:
        settings = {"resolution": quality, "duration": int(length) if length else None}
        settings["character_orientation"] = "image"
        return {"settings": {name: one for name, one in settings.items() if one}}
    fields = {"model_name": model, "mode": quality, "duration": length}
    return {name: one for name, one in fields.items() if one} | {"character_orientation": "image"}


def test_seconds_of_a_file_are_rounded_both_ways() -> None:
    avatar = prices("createAvatarTask")

    cost = avatar.cost({"sound_file": "a sound"}, lambda _: (12.27, 12.27))

    assert (cost.least, cost.most) == (Decimal("4.8"), Decimal("5.2"))
    assert cost.seconds == (12, 13)
    whole = avatar.cost({"sound_file": "a sound"}, lambda _: (4.9999999, 4.9999999))
    assert (whole.least, whole.most) == (2, 2)


def test_a_result_may_be_shorter_than_the_movement() -> None:
    body = {"model_name": "kling-v3", "mode": "std", "character_orientation": "image"}
    body["video_url"] = "a video"
    cost = prices("createMotionControlTask").cost(body, lambda _: (7.2, 7.2))

    assert (cost.least, cost.most) == (Decimal("2.7"), Decimal("7.2"))


def test_a_block_may_count_in_part_or_in_full() -> None:
    cost = prices("createLipSyncTask").cost({"input": {"video_url": "a video"}}, lambda _: (12, 12))

    assert (cost.least, cost.most) == (Decimal("1.2"), Decimal("1.5"))


def test_a_price_says_since_when_and_by_whom() -> None:
    old = prices("createImageGenerationTask").cost({"model_name": "kling-v1"})
    new = prices("createImageGenerationTask").cost({"model_name": "kling-v3"})

    assert (old.checked, old.sources) == ("2025", ("reseller-prices-2025",))
    assert (new.checked, new.sources) == ("2026-09-20", ("vendor-prices-2026-09",))


def test_a_message_shows_values_of_lists_only() -> None:
    cost = prices("createTextToVideoTask").cost({"model_name": "my secret prompt", "mode": "pro"})

    assert cost.reason == "The price list has no row for mode pro, sound off."


def test_a_unit_is_worth_what_the_page_says() -> None:
    assert unit_value(load(), "video") == Decimal("0.14")
    assert unit_value(load(), "image") == Decimal("0.0035")
    assert unit_value(load(), "try-on") is None
    assert currency(load()) == "USD"


def test_dialects_with_prices_of_their_own_have_none_of_kling() -> None:
    assert unit_value(load("china"), "video") is None
    assert prices_of(load("kkiai-gateway"), "createImageToVideoTask") is None


def test_the_list_has_a_line_for_each_row() -> None:
    lines = list(price_lines(dict(load().document)))

    for create in CREATES:
        rows = create.node["x-kling-price"]["rows"]
        found = [line for line in lines if line.startswith(f"{create.id} ")]
        assert len(found) == len(rows) + len(create.node["x-kling-price"].get("open", ()))
