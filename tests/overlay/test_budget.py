"""A budget is never exceeded, whatever goes wrong, and what is refused is never sent."""

import asyncio
import pickle
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import kling
import pytest
from kling import Amount, AsyncKling, Budget, BudgetError, Kling, models
from kling.mock import Balance, KlingMock

KEY = "mock-api-key"
REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")  # 3 units
PICTURE = models.ImageGenerationRequest(prompt="A fox", n=2)  # 16 units of the image package
AVATAR = models.AvatarRequest(image="https://example.org/a.png", sound_file="https://a.b/c.mp3")
UNKNOWN = models.VideoExtensionRequest(video_id="752604318974529777")
CREATES = 100
TEN = {"video": 10}


@pytest.fixture
def mock():
    return KlingMock(now=1790000000.0)


@pytest.fixture
def client_of(mock, either_kling):
    """Return a function: a client with a budget."""

    def of(**limits):
        return either_kling(api_key=KEY, transport=mock.transport, budget=Budget(**limits))

    return of


def posts(mock):
    # The mock keeps the newest 200 requests, more than are made here.
    return [one for one in mock.state()["requests"] if one["method"] == "POST"]


# ------------------------------------------------------------------------------------ one by one


def test_a_create_is_reserved_and_settled_by_what_was_charged(client_of):
    client = client_of(units=TEN)

    task = client.create(REQUEST)
    assert (client.budget.reserved["video"], client.budget.left["video"]) == (3, 7)
    client.wait(task)

    assert (client.budget.spent, client.budget.reserved) == ({"video": 3}, {"video": 0})
    assert client.budget.left == {"video": 7}
    assert client.budget.limits == {"video": 10}


def test_a_range_is_reserved_at_its_most_and_settled_by_the_charge(client_of):
    client = client_of(units={"video": 121})

    task = client.create(AVATAR)
    assert client.budget.left["video"] == 1
    client.wait(task)

    # The mock makes five seconds of it.
    assert client.budget.left["video"] == 119


def test_what_does_not_fit_is_refused_before_it_is_sent(client_of, mock):
    client = client_of(units={"video": 5})
    client.create(REQUEST)

    with pytest.raises(BudgetError) as caught:
        client.create(REQUEST)

    assert str(caught.value) == (
        "nothing was sent: createTextToVideoTask costs 3 units of the video package, and the "
        "budget has 2 left; 3 are reserved for other creates"
    )
    assert caught.value.estimate == kling.estimate(REQUEST)
    assert isinstance(caught.value, kling.KlingError)
    assert pickle.loads(pickle.dumps(caught.value)).estimate == caught.value.estimate
    assert len(posts(mock)) == 1


def test_what_failed_is_given_back(client_of, mock):
    client = client_of(units=TEN)
    mock.plan("submitted", "failed")

    with pytest.raises(kling.TaskFailedError):
        client.run(REQUEST)

    assert client.budget.left == {"video": 10}


def test_what_kling_refuses_is_given_back(client_of, mock):
    client = client_of(units=TEN)
    mock.plan(fault="refuse", code=1301)

    with pytest.raises(kling.ContentPolicyError):
        client.create(REQUEST)

    assert client.budget.left == {"video": 10}


def test_an_invalid_request_reserves_nothing(client_of):
    client = client_of(units=TEN)

    with pytest.raises(kling.InvalidRequestError):
        client.create(models.TextToVideoRequest(model_name="kling-v3", prompt=""))

    assert client.budget.left == {"video": 10}


def test_what_is_in_doubt_counts_as_spent_until_its_task_is_found(client_of, mock):
    client = client_of(units=TEN)
    mock.plan(fault="hang-up", when="after")
    mock.plan(fault="hang-up", on="get", times=None)
    request = models.TextToVideoRequest(
        model_name="kling-v3", prompt="A fox", external_task_id="fox-1"
    )

    with pytest.raises(kling.APIError) as caught:
        client.create(request)

    assert caught.value.may_exist
    assert client.budget.reserved == {"video": 3}
    with pytest.raises(BudgetError):
        client.create(models.TextToVideoRequest(model_name="kling-v3", prompt="A", duration="15"))
    mock._engine.plans.clear()  # private: what goes wrong ends
    client.wait(client.recover(caught.value))
    assert (client.budget.spent, client.budget.reserved) == ({"video": 3}, {"video": 0})


def test_a_replay_is_reserved_once(client_of):
    client = client_of(units=TEN)

    tasks = [client.create(REQUEST, external_task_id="fox-1", reuse=True) for _ in range(3)]

    assert len({task.id for task in tasks}) == 1
    assert client.budget.left == {"video": 7}


def test_kinds_of_packages_are_limited_apart(client_of):
    client = client_of(units={"video": 3, "image": 20})

    client.create(REQUEST)
    client.create(PICTURE)

    assert client.budget.left == {"video": 0, "image": 4}
    with pytest.raises(BudgetError, match="16 units of the image package"):
        client.create(PICTURE)


def test_money_limits_every_kind(client_of):
    client = client_of(money=Amount(Decimal("0.5"), "USD"))

    client.wait(client.create(REQUEST))
    client.wait(client.create(PICTURE))

    assert client.budget.spent == {"USD": Decimal("0.476")}
    with pytest.raises(BudgetError, match=r"costs 0\.42 USD, and the budget has 0\.024 left"):
        client.create(REQUEST)


def test_units_and_money_hold_together(client_of):
    client = client_of(units={"video": 100}, money="0.5")

    client.create(REQUEST)

    assert client.budget.left == {"video": 97, "USD": Decimal("0.08")}
    with pytest.raises(BudgetError, match="USD"):
        client.create(REQUEST)
    assert client.budget.left == {"video": 97, "USD": Decimal("0.08")}


def test_money_from_a_balance_settles_money(either_kling):
    mock = KlingMock(balance=Balance.parse("USD:9"))
    client = either_kling(api_key=KEY, transport=mock.transport, budget=Budget(money=1))
    turbo = models.Kling30TurboTextToVideoRequest(prompt="A fox")

    client.run(turbo)

    assert client.budget.spent == {"USD": Decimal("0.56")}


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (
            PICTURE,
            "units of the image package, 0.056 USD .* but this budget has limits only for video",
        ),
        (UNKNOWN, "no price is known. No public source states the price of an extension"),
    ],
)
def test_what_no_limit_is_about_is_refused(client_of, mock, request_, words):
    client = client_of(units=TEN)

    with pytest.raises(BudgetError, match=words):
        client.create(request_)
    assert posts(mock) == []


def test_what_nobody_has_described_is_refused(client_of, mock):
    client = client_of(units=TEN)

    with (
        pytest.warns(kling.KlingWarning),
        pytest.raises(BudgetError, match="This path is not in the description"),
    ):
        client.create(kling.Unlisted("/text-to-video/new", {}))
    assert posts(mock) == []


def test_a_client_without_a_budget_has_none(either_kling, mock):
    assert either_kling(api_key=KEY, transport=mock.transport).budget is None


@pytest.mark.parametrize(
    ("limits", "error", "words"),
    [
        ({}, ValueError, "a budget needs a limit"),
        ({"units": {"sound": 5}}, ValueError, "image, try-on, video"),
        ({"units": {"video": -1}}, ValueError, "video must be 0 or more, not -1"),
        ({"units": {"video": "many"}}, ValueError, "video must be a number, not 'many'"),
        ({"units": {"video": True}}, TypeError, "video must be a number, not bool"),
        ({"money": float("nan")}, ValueError, "money must be 0 or more"),
        ({"money": Amount(Decimal(5), "CNY")}, ValueError, "must be in USD, .*, not in CNY"),
    ],
)
def test_a_wrong_budget_says_what_is_wrong(limits, error, words):
    with pytest.raises(error, match=words):
        Budget(**limits)


def test_a_float_is_taken_as_it_is_written():
    assert Budget(units={"video": 0.3}).left == {"video": Decimal("0.3")}


# --------------------------------------------------------------------------------- many at once


def many_in_threads(mock, budget, requests):
    """Create tasks from many threads, over several clients with one budget; count the outcomes."""
    clients = [Kling(api_key=KEY, transport=mock.transport, budget=budget) for _ in range(4)]
    begin = threading.Barrier(20)

    def create(number):
        if number < begin.parties:
            begin.wait(timeout=30)
        try:
            return clients[number % 4].create(requests[number]), None
        except kling.KlingError as error:
            return None, error

    with ThreadPoolExecutor(begin.parties) as pool:
        return list(pool.map(create, range(len(requests))))


def many_in_coroutines(mock, budget, requests):
    """Create tasks from many coroutines; count the outcomes."""

    async def create(client, request):
        try:
            return await client.create(request), None
        except kling.KlingError as error:
            return None, error

    async def main():
        async with AsyncKling(api_key=KEY, transport=mock.transport, budget=budget) as client:
            return await asyncio.gather(*(create(client, one) for one in requests))

    return asyncio.run(main())


@pytest.mark.parametrize("many", [many_in_threads, many_in_coroutines])
def test_of_a_hundred_creates_at_once_as_many_are_paid_as_fit(mock, many):
    budget = Budget(units=TEN)

    done = many(mock, budget, [REQUEST] * CREATES)

    kinds = Counter(type(error) for _, error in done)
    assert kinds == {type(None): 3, BudgetError: 97}
    assert len(posts(mock)) == 3
    assert budget.left == {"video": 1}


@pytest.mark.parametrize("many", [many_in_threads, many_in_coroutines])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_goes_wrong_the_budget_holds(mock, many, seed):
    budget = Budget(units=TEN)
    faults = (
        {"fault": "hang-up", "when": "before"},
        {"fault": "hang-up", "when": "after"},
        {"fault": "refuse", "code": 5000},
        {"fault": "refuse", "code": 1301},
        {"fault": "html", "when": "after"},
    )
    for number, fault in enumerate(faults):
        if (number + seed) % 3:
            mock.plan(**fault, share=0.4, times=None)
    mock.plan(fault="hang-up", on="get", share=0.8, times=None)
    requests = [
        models.TextToVideoRequest(
            model_name="kling-v3", prompt="A fox", external_task_id=f"fox-{number}"
        )
        for number in range(CREATES)
    ]

    done = many(mock, budget, requests)

    refused = {
        f"fox-{number}" for number, (_, error) in enumerate(done) if type(error) is BudgetError
    }
    others = [error for _, error in done if error and type(error) is not BudgetError]
    assert all(isinstance(error, kling.APIError) for error in others)
    made = mock.state()["counts"]["tasks"]
    paid = sum(task is not None for task, _ in done)
    ambiguous = sum(error.may_exist for error in others)
    assert 3 * (paid + ambiguous) <= 10
    assert 3 * made <= 10
    assert budget.reserved["video"] == 3 * (paid + ambiguous)
    assert refused.isdisjoint(one["body"]["external_task_id"] for one in posts(mock))


def test_a_create_that_is_cancelled_while_it_waits_for_room_is_given_back(mock):
    budget = Budget(units=TEN)
    mock.plan("submitted", "processing")  # it never ends

    async def main():
        async with AsyncKling(
            api_key=KEY, transport=mock.transport, budget=budget, concurrency=1
        ) as client:
            await client.create(REQUEST)
            waiting = asyncio.create_task(client.create(REQUEST, create_timeout=1e6))
            while budget.reserved["video"] < 6:
                await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    asyncio.run(main())

    assert len(posts(mock)) == 1
    assert budget.reserved == {"video": 3}


def test_a_create_that_is_cancelled_on_its_way_counts_as_spent(scripted):
    budget = Budget(units=TEN)

    def cancel(request):
        raise asyncio.CancelledError

    async def main():
        async with AsyncKling(api_key=KEY, transport=scripted(cancel), budget=budget) as client:
            with pytest.raises(asyncio.CancelledError):
                await client.create(REQUEST)

    asyncio.run(main())

    assert budget.reserved == {"video": 3}
