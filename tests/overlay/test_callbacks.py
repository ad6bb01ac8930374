"""Callbacks: whose they are, and what they say."""

import base64
import hashlib
import hmac
import json
import pickle

import kling
import pytest
from kling import callbacks, models

# Kling's own test vector.
SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
BODY = (
    b'{"id":"1234567890","status":"succeeded","message":"",'
    b'"create_time":1781080778802,"update_time":1781080794151}'
)
SIGNATURE = "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4="
SIGNED_AT = 1781080794
HEADERS = {
    "webhook-id": "9876543210",
    "webhook-timestamp": str(SIGNED_AT),
    "webhook-signature": SIGNATURE,
}
OTHER = "whsec_" + base64.b64encode(b"another secret of 32 bytes......").decode()
V1_BODY = json.dumps(
    {
        "task_id": "752604318974529536",
        "task_status": "succeed",
        "task_status_msg": "",
        "created_at": 1722769557708,
        "updated_at": 1722769612345,
        "final_unit_deduction": "2.5",
        "final_balance_deduction": {"quota": "0.35", "list_price": "0.70"},
        "task_info": {"external_task_id": "fox-1", "parent_video": {"id": "1", "url": "u"}},
        "task_result": {
            "images": [{"index": 0, "url": "https://a/1.png"}],
            "videos": [{"id": "7", "url": "https://a/1.mp4", "duration": "5.041"}],
        },
    }
).encode()


def verify(body=BODY, headers=None, secret=SECRET, now=SIGNED_AT, **changes):
    return callbacks.verify(body, {**HEADERS, **(headers or {})}, secret, now=now, **changes)


def signed(body, secret, moment=SIGNED_AT, delivery="1"):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = b".".join((delivery.encode(), str(moment).encode(), body))
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


def test_klings_own_test_vector_is_verified():
    event = verify()

    assert event.verified
    assert event.id == "9876543210"
    assert event.signed_at.timestamp() == SIGNED_AT
    assert (event.task.ref, event.task.status) == ("tasks/1234567890", "succeeded")


def test_a_flipped_byte_is_refused():
    for index in range(len(BODY)):
        flipped = BODY[:index] + bytes([BODY[index] ^ 1]) + BODY[index + 1 :]
        with pytest.raises(kling.CallbackError, match="does not match"):
            verify(flipped)


@pytest.mark.parametrize("late", [301, -301, 86400])
def test_an_old_timestamp_and_one_from_the_future_are_refused(late):
    with pytest.raises(kling.CallbackError, match="at most 300 s are allowed"):
        verify(now=SIGNED_AT + late)


@pytest.mark.parametrize("late", [300, 0, -300])
def test_a_timestamp_is_good_for_300_seconds(late):
    assert verify(now=SIGNED_AT + late).verified


def test_the_machines_own_clock_counts_unless_another_is_given():
    with pytest.raises(kling.CallbackError, match="at most"):
        callbacks.verify(BODY, HEADERS, SECRET)


@pytest.mark.parametrize("secret", [OTHER, SECRET[:-4]])
def test_a_wrong_secret_is_refused(secret):
    with pytest.raises(kling.CallbackError, match="does not match"):
        verify(secret=secret)


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_header_is_refused_and_named(name, value):
    headers = {key: one for key, one in HEADERS.items() if key != name or value is not None}
    if value is not None:
        headers[name] = value
    with pytest.raises(kling.CallbackError, match=f"has no header {name}"):
        callbacks.verify(BODY, headers, SECRET, now=SIGNED_AT)


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-timestamp": "1781080795"},
        {"webhook-id": "9876543211"},
        {"webhook-signature": SIGNATURE.replace("v1,", "v2,")},
        {"webhook-signature": SIGNATURE.removeprefix("v1,")},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,not base64 at all"},
        {"webhook-signature": "v1,\N{SNOWMAN}"},
        {"webhook-timestamp": "\N{SNOWMAN}"},
    ],
)
def test_what_was_signed_otherwise_is_refused(headers):
    with pytest.raises(kling.CallbackError, match="does not match"):
        verify(headers=headers)


@pytest.mark.parametrize("moment", ["1781080794.0", "soon", "-1", "9" * 400, "inf"])
def test_a_timestamp_that_is_none_is_refused_though_it_was_signed(moment):
    headers = {"webhook-timestamp": moment, "webhook-signature": signed(BODY, SECRET, moment)}
    with pytest.raises(kling.CallbackError, match="webhook-timestamp is not a time"):
        verify(headers={**headers, "webhook-id": "1"})


def test_during_rotation_one_of_several_signatures_is_enough():
    new = signed(BODY, OTHER, delivery=HEADERS["webhook-id"])

    for secret in (SECRET, OTHER):
        headers = {"webhook-signature": f"v1a,aaaa {new} {SIGNATURE}"}
        assert verify(headers=headers, secret=secret).verified


def test_names_of_headers_may_have_any_case():
    headers = {name.title(): value for name, value in HEADERS.items()}

    assert callbacks.verify(BODY, headers, SECRET, now=SIGNED_AT).verified


def test_what_is_given_in_another_form_is_the_caller_s_mistake_and_said_so():
    for body in (BODY.decode(), None, json.loads(BODY)):
        with pytest.raises(TypeError, match="raw bytes"):
            verify(body)
        with pytest.raises(TypeError, match="raw bytes"):
            callbacks.parse(body)
    binary = {name.encode(): value.encode() for name, value in HEADERS.items()}
    for headers in (binary, [*HEADERS.items()], None):
        with pytest.raises(TypeError, match=r"such as request\.headers"):
            callbacks.verify(BODY, headers, SECRET)
    django = {f"HTTP_{name.upper().replace('-', '_')}": one for name, one in HEADERS.items()}
    with pytest.raises(TypeError, match=r"request\.META of Django"):
        callbacks.verify(BODY, django, SECRET)
    for secret in (None, SECRET.encode(), [SECRET]):
        with pytest.raises(TypeError, match="secret must be a str"):
            verify(secret=secret)


def test_views_of_bytes_and_blanks_around_a_header_do_no_harm():
    headers = {name: f" {value} " for name, value in HEADERS.items()}

    assert verify(memoryview(BODY), headers).verified
    assert verify(bytearray(BODY), headers).verified


def test_a_header_that_is_no_text_is_refused_as_any_other():
    with pytest.raises(kling.CallbackError, match="does not match"):
        verify(headers={"webhook-id": "\udcff"})


@pytest.mark.parametrize("secret", [SECRET, SECRET.removeprefix("whsec_"), f" {SECRET}\n"])
def test_a_secret_may_be_pasted_in_any_form(secret):
    assert verify(secret=secret).verified


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_not base64", "\N{SNOWMAN}"])
def test_what_is_no_secret_is_refused_and_not_shown(secret):
    with pytest.raises(ValueError, match="the webhook secret must be") as caught:
        verify(secret=secret)
    assert not isinstance(caught.value, kling.CallbackError)
    assert "not base64" not in str(caught.value)


def test_a_callback_of_the_v1_standard_is_a_task_of_its_family():
    event = callbacks.parse(V1_BODY, request=models.TextToVideoRequest)

    assert not event.verified
    assert event.id is None
    task = event.task
    assert task.ref == "text_to_video/752604318974529536"
    assert (task.status, task.external_task_id) == ("succeeded", "fox-1")
    assert [(one.kind, one.url) for one in task.outputs] == [
        ("video", "https://a/1.mp4"),
        ("image", "https://a/1.png"),
    ]
    assert [str(charge) for charge in task.charges] == [
        "2.5 Kling units",
        "0.35 (Kling did not state the currency)",
    ]
    assert callbacks.parse(V1_BODY).task.ref == "tasks/752604318974529536"
    # What a body is, it says itself.
    same = callbacks.parse(BODY, request=models.TextToVideoRequest)
    assert same.task.ref == "tasks/1234567890"


def test_both_standards_can_be_signed():
    headers = {"webhook-id": "1", "webhook-signature": signed(V1_BODY, SECRET)}

    event = verify(V1_BODY, headers, request=models.TextToVideoRequest)
    assert event.task.ref == "text_to_video/752604318974529536"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'{"id": ""}', b'{"status": "failed"}', b"\xff", b"[" * 10000],
)
def test_what_is_no_callback_is_an_error_of_this_package(body):
    with pytest.raises(kling.CallbackError, match="not a callback of Kling"):
        callbacks.parse(body)


def test_an_event_can_be_pickled():
    event = verify()

    again = pickle.loads(pickle.dumps(event))
    assert (again.task.ref, again.id, again.verified) == (event.task.ref, event.id, True)


@pytest.mark.parametrize(
    ("now", "error"),
    [
        (float("nan"), ValueError),
        (float("inf"), ValueError),
        (float("-inf"), ValueError),
        (10**400, ValueError),
        ("1781080794", TypeError),
    ],
    ids=repr,
)
def test_a_date_that_is_none_makes_no_signature_fresh(now, error):
    with pytest.raises(error, match=r"^now must be a time in Unix seconds"):
        verify(now=now)
