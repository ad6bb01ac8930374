"""Quotas as Kling counts them, through plain HTTP."""

import httpx
import pytest
from kling.mock import KlingMock, Package

TEXT = "/v1/videos/text2video"
IMAGE = "/v1/images/generations"
TRY_ON = "/v1/images/kolors-virtual-try-on"
PICTURE = "https://example.org/a.png"
COSTS = "/account/costs"
SPAN = {"start_time": "0", "end_time": "9999999999999"}


@pytest.fixture
def mock_with(kling_mock_options, ask_of):
    """Return a function: a mock with packages, and how to ask it."""

    def make(*packages, **options):
        mock = KlingMock(
            packages=[Package.parse(one) for one in packages], **{**kling_mock_options, **options}
        )
        ask = ask_of(mock)

        def code(path, **fields):
            body = {"model_name": "kling-v2-1" if path == IMAGE else "kling-v3", "prompt": "A fox"}
            return ask("POST", path, json=body | fields).json()["code"]

        return mock, ask, code

    return make


def test_more_videos_at_a_time_than_the_quota_are_1303(mock_with):
    mock, _, code = mock_with("video:5")

    assert [code(TEXT) for _ in range(7)] == [0] * 5 + [1303] * 2
    mock.clock.advance(300)
    assert code(TEXT) == 0


def test_a_slot_is_free_the_moment_a_task_ends(mock_with):
    mock, _, code = mock_with("video:1")
    mock.plan("submitted", "processing", "failed", begins=[0, 5, 10])

    assert [code(TEXT), code(TEXT)] == [0, 1303]
    mock.clock.advance(9.9)
    assert code(TEXT) == 1303
    mock.clock.advance(0.1)
    assert code(TEXT) == 0


def test_a_stuck_task_keeps_its_slot_until_it_is_ended(mock_with):
    mock, _, code = mock_with("video:1")
    mock.plan("submitted", "processing")
    code(TEXT)
    mock.clock.advance(10**6)
    assert code(TEXT) == 1303

    mock.change(mock.state()["tasks"][0]["id"], "failed")

    assert code(TEXT) == 0


def test_each_model_has_slots_of_its_own(mock_with):
    _, _, code = mock_with("video:1")

    assert code(TEXT, model_name="kling-v3") == 0
    assert code(TEXT, model_name="kling-v2-6") == 0
    assert code(TEXT, model_name="kling-v3") == 1303


def test_pictures_occupy_a_slot_each(mock_with):
    mock, _, code = mock_with("image:9")

    assert [code(IMAGE, n=5), code(IMAGE, n=5), code(IMAGE, n=4), code(IMAGE)] == [0, 1303, 0, 1303]
    [slots] = mock.state()["slots"]
    assert (slots["package"], slots["used"]) == ("image", 9)


def test_more_pictures_than_the_quota_never_pass(mock_with):
    mock, _, code = mock_with("image:4")

    for _ in range(3):
        assert code(IMAGE, n=5) == 1303
        mock.clock.advance(1000)


def test_the_largest_package_counts_and_not_the_sum(mock_with):
    _, _, code = mock_with("video:2", "video:3")

    assert [code(TEXT) for _ in range(4)] == [0, 0, 0, 1303]


def test_a_package_that_is_used_up_gives_no_slots(mock_with):
    mock, _, code = mock_with("video:3:3", "video:1:100")
    assert code(TEXT) == 0

    assert code(TEXT) == 1303

    mock.clock.advance(300)
    assert code(TEXT) == 0


def test_without_units_it_is_1102_for_that_type_alone(mock_with):
    mock, ask, code = mock_with("video:5:8", "image:9:100")

    assert [code(TEXT) for _ in range(3)] == [0, 0, 1102]
    assert code(IMAGE) == 0
    mock.clock.advance(300)
    reply = ask("POST", TEXT, json={"model_name": "kling-v3", "prompt": "A fox"})
    assert (reply.status_code, reply.json()["message"]) == (429, "Account balance not enough")


def test_a_type_without_a_package_is_1102(mock_with):
    _, _, code = mock_with("video:5")

    assert code(IMAGE) == 1102


def test_a_try_on_is_paid_for_by_a_package_of_its_own(mock_with):
    mock, ask, code = mock_with("try-on:1:2", "image:9:100")
    dress = {"human_image": PICTURE, "cloth_image": PICTURE}

    assert [ask("POST", TRY_ON, json=dress).json()["code"] for _ in range(2)] == [0, 1303]
    assert code(IMAGE) == 0
    used = {slots["package"]: slots["used"] for slots in mock.state()["slots"]}
    assert used == {"try-on": 1, "image": 1}
    names = [package["name"] for package in mock.state()["packages"]]
    assert names == ["Mock-Try-On-2Units-1Con", "Mock-Image-100Units-9Con"]


def test_a_failed_task_gives_its_units_back(mock_with):
    mock, _, code = mock_with("video:5:3")
    mock.plan("submitted", "failed")

    assert [code(TEXT), code(TEXT)] == [0, 1102]
    mock.clock.advance(300)
    assert code(TEXT) == 0


def test_a_refused_request_takes_nothing(mock_with):
    mock, _, code = mock_with("video:1:3")

    assert code(TEXT, duration="7 days") == 1201
    mock.plan(fault="refuse", code=5000)
    assert code(TEXT) == 5000
    assert code(TEXT) == 0


def test_without_packages_there_are_no_quotas(mock_with):
    _, _, code = mock_with()

    assert {code(TEXT) for _ in range(50)} == {0}


def test_costs_show_the_packages_and_what_is_left(mock_with):
    mock, ask, code = mock_with("video:5:6", "image:9:100")
    code(TEXT)
    code(TEXT)
    code(IMAGE, n=3)

    infos = ask("GET", COSTS, params=SPAN).json()["data"]["resource_pack_subscribe_infos"]

    assert [
        (one["resource_pack_name"], one["remaining_quantity"], one["status"]) for one in infos
    ] == [("Mock-Video-6Units-5Con", 0, "runOut"), ("Mock-Image-100Units-9Con", 88, "online")]
    mock.clock.advance(1)
    name = {"resource_pack_name": "Mock-Image-100Units-9Con"}
    named = ask("GET", COSTS, params=SPAN | name).json()["data"]["resource_pack_subscribe_infos"]
    assert len(named) == 1


YEAR = 365 * 86400


def infos_of(ask, start=0, end=10**13):
    span = {"start_time": str(int(start)), "end_time": str(int(end))}
    return ask("GET", COSTS, params=span).json()["data"]["resource_pack_subscribe_infos"]


@pytest.mark.parametrize("packages", [(), ("video:5",)], ids=["none", "one"])
def test_costs_live_by_the_clock_of_the_mock(mock_with, packages):
    mock, ask, _ = mock_with(*packages, now=4e9)

    [pack] = infos_of(ask)

    assert pack["purchase_time"] == pack["effective_time"] == 4 * 10**12
    assert (pack["invalid_time"], pack["status"]) == ((4 * 10**9 + YEAR) * 1000, "online")
    # None ends before the mock does.
    mock.clock.advance(YEAR)
    [later] = infos_of(ask)
    assert later == pack | {"invalid_time": (4 * 10**9 + 2 * YEAR) * 1000}


def test_packages_that_are_changed_were_bought_then(mock_with):
    mock, ask, _ = mock_with("video:5", now=4e9)
    mock.clock.advance(1000)
    with httpx.Client(transport=mock.transport, base_url=mock.transport.url) as client:
        client.post("/_mock/packages", json=["image:1"]).raise_for_status()

    [pack] = infos_of(ask)

    assert pack["effective_time"] == (4 * 10**9 + 1000) * 1000


def test_costs_show_the_packages_of_the_span(mock_with):
    mock, ask, _ = mock_with("video:5", now=4e9)
    begins, ends = 4 * 10**12, (4 * 10**9 + YEAR) * 1000
    spans = [(0, begins - 1), (0, begins), (ends - 1, ends + 9), (ends, ends + 9), (begins, ends)]

    shown = []
    for start, end in spans:
        shown.append(len(infos_of(ask, start, end)))
        mock.clock.advance(1)

    assert shown == [0, 1, 1, 0, 1]


def test_costs_are_told_once_a_second(mock_with):
    mock, ask, _ = mock_with()

    codes = []
    for seconds in (0, 0, 0.9, 0.1, 0.5):
        mock.clock.advance(seconds)
        codes.append(ask("GET", COSTS, params=SPAN).json()["code"])

    assert codes == [0, 1302, 1302, 0, 1302]


def test_too_many_requests_a_second_are_1302(mock_with):
    mock, ask, code = mock_with(requests_per_second=3)

    assert [code(TEXT) for _ in range(4)] == [0, 0, 0, 1302]
    assert ask("GET", TEXT).json()["code"] == 1302
    mock.clock.advance(1)
    assert code(TEXT) == 0


def test_packages_can_be_changed_over_http(mock_with, ask_of):
    mock, _, code = mock_with("video:1")
    assert [code(TEXT), code(TEXT)] == [0, 1303]

    with httpx.Client(transport=mock.transport, base_url="https://kling-mock.invalid") as client:
        reply = client.post("/_mock/packages", json=["video:2:10"])
        wrong = client.post("/_mock/packages", json=["sound:2:10"])
        none = client.post("/_mock/packages", json=[{"type": "video"}])

    assert reply.json()["packages"] == [
        {
            "name": "Mock-Video-10Units-2Con",
            "type": "video",
            "concurrency": 2,
            "units": 10,
            "left": 7,
        }
    ]
    assert [code(TEXT), code(TEXT)] == [0, 1303]
    assert (wrong.status_code, none.status_code) == (400, 400)
    assert wrong.json()["message"] == (
        "sound is not a type of package; the types are image, try-on, video"
    )


@pytest.mark.parametrize("text", ["", "video", "video:", "video:x", "video:1:2:3", "video:-1"])
def test_a_wrong_package_says_how_to_write_one(kling_command, text):
    done = kling_command("mock", "--port", "0", "--package", text)

    assert done.exit_code == 1
    assert "TYPE:CONCURRENCY:UNITS" in done.stderr
    assert "Traceback" not in done.stderr


def test_units_of_a_failed_task_are_back_the_moment_it_fails(mock_with):
    mock, ask, code = mock_with("video:5:10")
    mock.plan("submitted", "failed", begins=[0, 10])
    code(TEXT)
    assert left(mock) == 7

    mock.clock.advance(10)

    assert left(mock) == 10
    [pack] = ask("GET", COSTS, params=SPAN).json()["data"]["resource_pack_subscribe_infos"]
    assert pack["remaining_quantity"] == 10


def left(mock):
    return mock.state()["packages"][0]["left"]


def test_packages_that_come_later_count_what_runs_and_what_was_made(mock_with, set_packages):
    mock, _, code = mock_with()
    assert [code(TEXT) for _ in range(3)] == [0] * 3
    assert mock.state()["slots"] == []

    set_packages(mock, "video:4:100")

    assert (mock.state()["slots"][0]["used"], left(mock)) == (3, 91)
    assert [code(TEXT) for _ in range(2)] == [0, 1303]
    mock.change(mock.state()["tasks"][-1]["id"], "succeed")
    assert (mock.state()["slots"][0]["used"], left(mock)) == (3, 88)


@pytest.fixture
def set_packages():
    def post(mock, *packages):
        with httpx.Client(transport=mock.transport, base_url="https://api.test") as client:
            client.post("/_mock/packages", json=packages).raise_for_status()

    return post


@pytest.mark.parametrize(
    ("limit", "gap", "codes"),
    [
        (0.5, 1.9, [0, 1302]),
        (0.5, 2, [0, 0]),
        (1.5, 0, [0, 1302]),
        (1.5, 0.7, [0, 0]),
        (2.5, 0, [0, 0, 1302]),
    ],
)
def test_a_rate_may_be_no_whole_number(mock_with, limit, gap, codes):
    mock, ask, _ = mock_with(requests_per_second=limit)

    said = []
    for _ in codes:
        said.append(ask("GET", TEXT).json()["code"])
        mock.clock.advance(gap)

    assert said == codes


@pytest.mark.parametrize("limit", [0, -1, float("nan"), float("inf")])
def test_a_rate_is_above_0(limit):
    with pytest.raises(ValueError, match="requests_per_second must be a number above 0"):
        KlingMock(requests_per_second=limit)


def test_the_peak_is_the_most_that_was_in_flight_at_once(mock_with):
    mock, ask, code = mock_with()
    assert mock.state()["peak"] == []

    for _ in range(3):
        code(TEXT)
    code(TEXT, model_name="kling-v2-6")
    mock.clock.advance(3600)
    code(TEXT)
    code(IMAGE, n=9)
    ask("GET", f"{TEXT}/none")

    assert mock.state()["peak"] == [
        {"package": "video", "model": "kling-v3", "tasks": 3},
        {"package": "video", "model": "kling-v2-6", "tasks": 1},
        {"package": "image", "model": "kling-v2-1", "tasks": 1},
    ]


def test_a_task_that_was_ended_by_hand_is_in_flight_no_more(mock_with):
    mock, _, code = mock_with()
    for _ in range(3):
        code(TEXT)
        mock.change(mock.state()["tasks"][0]["id"], "failed")

    assert [one["tasks"] for one in mock.state()["peak"]] == [1]


def test_refusals_are_counted_by_code(mock_with):
    mock, ask, code = mock_with("video:1")
    mock.plan(fault="refuse", code=1302, on="list", status=429)

    for path in (TEXT, TEXT, TEXT):
        code(path)
    ask("GET", f"{TEXT}/none")
    ask("GET", TEXT)
    ask("GET", TEXT, authorization=None)

    assert mock.state()["refusals"] == {"1001": 1, "1201": 1, "1302": 1, "1303": 2}


def test_a_reset_counts_from_nothing(kling_mock, ask, switch):
    ask("POST", TEXT, json={"model_name": "kling-v3", "prompt": "A fox"})
    ask("GET", "/v1/nothing")

    switch("/_mock/reset", json={})

    state = kling_mock.state()
    assert (state["peak"], state["refusals"]) == ([], {})
