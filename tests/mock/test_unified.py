"""The current standard over plain HTTP, as another language would use it."""

import base64
import hashlib
import hmac
import json

import httpx
import jwt
import pytest
from kling.mock import Balance, KlingMock

TURBO = "/text-to-video/kling-3.0-turbo"
V1 = "/v1/videos/text2video"
OLD = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
NEW = "whsec_" + base64.b64encode(b"another secret of 32 bytes......").decode()
NOWHERE = "http://127.0.0.1:9/"
START = 1772323200000


def create(ask, path=TURBO, **options):
    if path == V1:
        body = {"model_name": "kling-v3", "prompt": "A fox at dawn", **options}
    else:
        body = {"prompt": "A fox at dawn", "options": options}
    return ask("POST", path, json=body).json()["data"]


def tasks(ask, **params):
    return ask("GET", "/tasks", params=params).json()["data"]


def search(ask, **body):
    return ask("POST", "/tasks", json=body).json()["data"]


def test_a_task_is_made_and_read_by_itself_and_by_its_creators_id(ask, kling_mock):
    made = create(ask, external_task_id="fox-1")
    assert made.keys() == {"id", "status", "create_time", "update_time", "external_id"}
    assert (made["status"], made["external_id"]) == ("submitted", "fox-1")
    kling_mock.clock.advance(600)

    [task] = tasks(ask, task_ids=made["id"])

    assert (task["id"], task["status"], task["message"]) == (made["id"], "succeeded", "")
    assert task["outputs"][0].keys() == {"type", "id", "url", "duration"}
    assert task["billing"] == [{"charge_type": "unit", "amount": "4", "package_type": "video"}]
    assert tasks(ask, external_task_ids="fox-1") == [task]


def test_both_standards_show_each_other_s_tasks_each_in_its_own_words(ask, kling_mock):
    kling_mock.plan("submitted", "failed", message="Image pixel is invalid")
    old = create(ask, V1, external_task_id="old")["task_id"]
    new = create(ask)["id"]
    kling_mock.clock.advance(600)

    assert [(one["id"], one["status"]) for one in tasks(ask, task_ids=f"{old},{new}")] == [
        (old, "failed"),
        (new, "succeeded"),
    ]
    assert [one["id"] for one in search(ask)["result"]] == [new, old]
    seen = ask("GET", f"{V1}/{old}").json()["data"]
    assert (seen["task_status"], seen["task_status_msg"]) == ("failed", "Image pixel is invalid")
    # A family of the /v1 standard lists its own tasks alone.
    assert [one["task_id"] for one in ask("GET", V1).json()["data"]] == [old]


def test_a_watermark_is_asked_for_in_the_options(ask, kling_mock):
    made = create(ask, watermark_info={"enabled": True})
    kling_mock.clock.advance(600)

    [task] = tasks(ask, task_ids=made["id"])
    assert task["outputs"][0]["watermark_url"]


def test_a_result_has_the_shape_that_was_asked_for(ask, kling_mock):
    body = {"prompt": "A fox", "settings": {"aspect_ratio": "9:16"}}
    made = ask("POST", TURBO, json=body).json()["data"]
    kling_mock.clock.advance(600)

    [video] = tasks(ask, task_ids=made["id"])[0]["outputs"]
    assert video["url"].endswith("/video-720x1280-5s.mp4")


def test_ids_that_are_not_known_are_left_out(ask):
    made = create(ask)["id"]

    assert [one["id"] for one in tasks(ask, task_ids=f"893605946402811985,{made}")] == [made]
    assert tasks(ask, task_ids="893605946402811985") == tasks(ask, external_task_ids="fox") == []


def test_neither_kind_of_id_is_refused(ask, refused):
    message = refused(ask("GET", "/tasks"), 400, 1201)

    assert message == "task_ids or external_task_ids is required"


@pytest.mark.parametrize(("own", "others"), [(21, 0), (0, 21), (11, 10)])
def test_more_than_20_ids_are_refused(ask, refused, own, others):
    params = {"task_ids": [str(n) for n in range(own)], "external_task_ids": ["a"] * others}
    query = {name: ",".join(ids) for name, ids in params.items() if ids}

    refused(ask("GET", "/tasks", params=query), 400, 1201)
    assert tasks(ask, task_ids=",".join(map(str, range(20)))) == []


def token(**changes):
    claims = {"iss": "mock-access-key", "exp": START // 1000 + 1800, "nbf": START // 1000 - 5}
    return jwt.encode(claims | changes, "mock-secret-key-of-32-bytes-or-more")


@pytest.mark.parametrize("bearer", [token(), token(exp=0), "wrong", "a.b.c"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", TURBO),
        ("GET", "/tasks?task_ids=1"),
        ("POST", "/tasks"),
        ("POST", "/account/billing/balance"),
        ("POST", "/account/billing/package"),
    ],
)
def test_only_an_api_key_comes_in_and_all_else_is_told_the_same(ask, refused, bearer, method, path):
    reply = ask(
        method, path, authorization=f"Bearer {bearer}", json={} if method == "POST" else None
    )

    assert "does not support AK/SK" in refused(reply, 401, 1002)
    refused(ask(method, path, authorization=None), 401, 1001)


def test_an_external_id_is_used_once_in_both_standards(ask, refused):
    create(ask, V1, external_task_id="fox-1")

    body = {"prompt": "A fox", "options": {"external_task_id": "fox-1"}}
    assert "already exists" in refused(ask("POST", TURBO, json=body), 400, 1201)
    create(ask, external_task_id="")
    create(ask, external_task_id="")


def test_a_search_goes_on_by_its_cursor_and_keeps_what_was_asked(ask):
    ids = [create(ask)["id"] for _ in range(5)]
    create(ask, V1)

    page = search(ask, limit=2, start_time=START - 1000, end_time=str(START + 1000))
    found = [*page["result"]]
    while page["has_more"]:
        assert page["count"] == 2
        page = search(ask, cursor=page["next_cursor"])
        found += page["result"]
    assert len(found) == 6
    assert {one["id"] for one in found} >= set(ids)
    assert search(ask, start_time=1, end_time=2) == {"count": 0, "has_more": False}


def test_a_cursor_that_was_changed_or_belongs_to_another_list_is_refused(ask, refused):
    for _ in range(3):
        create(ask)
    cursor = search(ask, limit=1)["next_cursor"]
    span, _, seal = cursor.rpartition(".")
    changed = base64.urlsafe_b64encode(b'{"start": 0, "end": 1, "before": 1e400}').decode()

    for wrong in (f"{changed}.{seal}", f"{span}.{seal[:-1]}", f"{span}x.{seal}"):
        refused(ask("POST", "/tasks", json={"cursor": wrong}), 400, 1201)
    refused(ask("POST", "/account/billing/package", json={"cursor": cursor}), 400, 1201)
    assert search(ask, cursor=cursor)["count"] == 2


def test_limit_and_filters_count_beside_a_cursor(ask):
    for _ in range(4):
        create(ask)
    cursor = search(ask, limit=1)["next_cursor"]

    assert search(ask, cursor=cursor, limit=2)["count"] == 2
    failed = [{"key": "status", "values": ["failed"]}]
    assert search(ask, cursor=cursor, filters=failed) == {"count": 0, "has_more": False}


@pytest.mark.parametrize("cursor", ["abc", "bmV4dA", "e30=", "W10=", "\N{SNOWMAN}", "."])
def test_a_cursor_that_was_never_given_out_is_refused(ask, refused, cursor):
    for path in ("/tasks", "/account/billing/balance", "/account/billing/package"):
        refused(ask("POST", path, json={"cursor": cursor}), 400, 1201)


def test_deductions_add_up_and_go_by_their_own_time(ask, kling_mock):
    for _ in range(3):
        create(ask)
    kling_mock.clock.advance(600)
    span = {"start_time": START + 5000, "end_time": START + 10**7}

    data = ask("POST", "/account/billing/package", json=span).json()["data"]
    rows = data["result"]["detail"]
    assert len(rows) == 3
    for row in rows:
        taken = row["unit_before_deduction"] - row["deduction_amount"]
        assert row["unit_after_deduction"] == taken
    assert rows[0]["unit_before_deduction"] == rows[1]["unit_after_deduction"]


def test_a_try_on_is_found_as_one(ask):
    body = {
        "model_name": "kolors-virtual-try-on-v1-5",
        "human_image": "https://example.org/a.png",
        "cloth_image": "https://example.org/b.png",
    }
    made = ask("POST", "/v1/images/kolors-virtual-try-on", json=body).json()["data"]["task_id"]

    found = search(ask, filters=[{"key": "product_type", "values": ["try_on"]}])
    assert [one["id"] for one in found["result"]] == [made]


@pytest.mark.parametrize("incomplete", [{"key": "status"}, {"values": ["failed"]}, {}])
def test_a_filter_without_a_key_or_values_restricts_nothing(ask, incomplete):
    made = create(ask)["id"]

    assert [one["id"] for one in search(ask, filters=[incomplete])["result"]] == [made]


def test_what_has_no_known_price_shows_no_charge(ask, kling_mock):
    body = {"human_image": "https://example.org/a.png", "cloth_image": "https://example.org/b.png"}
    made = ask("POST", "/v1/images/kolors-virtual-try-on", json=body).json()["data"]["task_id"]
    kling_mock.clock.advance(600)

    [task] = ask("GET", "/tasks", params={"task_ids": made}).json()["data"]
    assert "billing" not in task
    span = {"start_time": START - 1, "end_time": START + 10**7}
    data = ask("POST", "/account/billing/package", json=span).json()["data"]
    assert data["result"]["detail"] == []


@pytest.mark.parametrize("path", ["balance", "package"])
def test_deductions_are_listed_for_what_has_succeeded(ask_of, path):
    balance = Balance.parse("USD:50") if path == "balance" else None
    kling_mock = KlingMock(balance=balance, now=START / 1000)
    ask = ask_of(kling_mock)
    first, second = create(ask), create(ask, V1, mode="pro")
    kling_mock.plan("submitted", "failed")
    create(ask)
    kling_mock.clock.advance(600)
    span = {"start_time": START - 1, "end_time": START + 10**7}

    def listed(**more):
        data = ask("POST", f"/account/billing/{path}", json={**span, **more}).json()["data"]
        return [(one["task_id"], one["model_name"]) for one in data["result"]["detail"]]

    both = [(second["task_id"], "kling-v3"), (first["id"], "kling-3.0-turbo")]
    assert listed() == both
    assert listed(limit=1) == both[:1]
    assert listed(filters=[{"key": "api_key_name", "values": []}]) == both
    assert listed(filters=[{"key": "api_key_name", "values": ["other"]}]) == []
    if path == "package":
        assert listed(filters=[{"key": "product_type", "values": ["video", "image"]}]) == both


def test_the_quota_of_a_model_is_its_own(ask_of, refused):
    from kling.mock import Package

    mock = KlingMock(packages=[Package("video", 1, 100)], now=START / 1000)
    ask = ask_of(mock)
    create(ask)

    refused(ask("POST", TURBO, json={"prompt": "A fox"}), 429, 1303)
    ask("POST", "/text-to-video/kling-2.6", json={"prompt": "A fox"})
    assert {one["model"] for one in mock.state()["slots"]} == {"kling-3.0-turbo", "kling-2.6"}


def test_lenient_takes_what_was_seen_live(ask_of):
    ask = ask_of(KlingMock(lenient=True))
    contents = [
        {"type": "prompt", "text": "She smiles", "style": "noir"},
        {"type": "first_frame", "url": "https://example.org/a.png"},
    ]
    body = {"contents": contents, "settings": {"duration": "8"}, "seed": 7}

    reply = ask("POST", "/image-to-video/kling-3.0", json=body)
    notes = reply.headers["x-kling-mock-notes"]
    assert reply.status_code == 200
    for note in ("contents[0].style is unknown", "duration is a string and", "seed is unknown"):
        assert note in notes


def signatures(delivery, secrets):
    """Sign a delivery again, by hand."""
    head = delivery.headers
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + delivery.body
    keys = [base64.b64decode(one.removeprefix("whsec_")) for one in secrets]
    digests = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    return " ".join("v1," + base64.b64encode(one).decode() for one in digests)


def test_callbacks_are_of_the_form_of_their_standard_and_signed(ask_of):
    mock = KlingMock(webhook_secrets=[OLD], now=START / 1000)
    ask = ask_of(mock)
    new = create(ask, callback_url=NOWHERE, external_task_id="fox-1")
    old = create(ask, V1, callback_url=NOWHERE)
    mock.clock.advance(600)

    by_task = {new["id"]: [], old["task_id"]: []}
    for delivery in mock.deliveries:
        by_task[delivery.task].append(json.loads(delivery.body))
        assert delivery.headers["webhook-signature"] == signatures(delivery, [OLD])
        assert abs(int(delivery.headers["webhook-timestamp"]) - delivery.at) <= 1
    assert [one["status"] for one in by_task[new["id"]]] == [
        "submitted",
        "processing",
        "succeeded",
    ]
    assert by_task[new["id"]][-1] == tasks(ask, task_ids=new["id"])[0]
    assert [one["task_status"] for one in by_task[old["task_id"]]][-1] == "succeed"
    assert len({one.headers["webhook-id"] for one in mock.deliveries}) == 6


def test_a_secret_is_replaced_by_another_while_both_sign(ask, kling_mock, switch):
    def signed():
        create(ask, callback_url=NOWHERE)
        return kling_mock.deliveries[-1]

    assert "webhook-signature" not in signed().headers
    for secrets in ([OLD], [NEW, OLD], [NEW]):
        assert switch("/_mock/webhook-secrets", json=secrets).json() == {
            "webhook_secrets": len(secrets)
        }
        delivery = signed()
        assert delivery.headers["webhook-signature"] == signatures(delivery, secrets)
    kling_mock.set_webhook_secrets([])
    assert "webhook-id" not in signed().headers
    assert OLD not in json.dumps(kling_mock.state())


@pytest.mark.parametrize("secret", ["", "whsec_", "dGVzdA==", "whsec_not base64", "whsec_a"])
def test_what_is_no_secret_is_refused(switch, kling_mock, secret):
    reply = switch("/_mock/webhook-secrets", json=[OLD, secret])

    assert reply.status_code == 400
    assert "whsec_" in reply.json()["message"]
    assert kling_mock.state()["webhook_secrets"] == 0


def test_a_duplicate_has_the_id_of_its_original(ask, kling_mock):
    kling_mock.set_webhook_secrets([OLD])
    kling_mock.plan(fault="duplicate")
    create(ask, callback_url=NOWHERE)

    first, second = kling_mock.deliveries
    assert first.headers == second.headers


def test_the_state_shows_tasks_of_both_standards_alike(ask, kling_mock):
    made = create(ask, external_task_id="fox-1", callback_url=NOWHERE)
    kling_mock.clock.advance(600)

    [task] = kling_mock.state()["tasks"]
    assert task["id"] == made["id"]
    assert task["operation"] == "createKling30TurboTextToVideoTask"
    assert task["model"] == "kling-3.0-turbo"
    assert (task["external_task_id"], task["status"]) == ("fox-1", "succeed")
    assert [one["kind"] for one in task["outputs"]] == ["video"]


def test_the_server_signs_with_the_secret_that_it_is_given(mock_process, kling_command):
    mock = mock_process("--webhook-secret", OLD, "--speed", "1000")
    headers = {"Authorization": "Bearer mock-api-key"}
    reply = httpx.post(f"{mock.url}{TURBO}", json={"prompt": "A fox"}, headers=headers)

    assert reply.json()["data"]["status"] == "submitted"
    assert httpx.get(f"{mock.url}/_mock/state").json()["webhook_secrets"] == 1
    wrong = kling_command("mock", "--port", "0", "--webhook-secret", "abc")
    assert wrong.exit_code == 1
    assert "a webhook secret must be" in wrong.stderr
