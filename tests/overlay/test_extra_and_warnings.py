"""What goes beyond the description, and what Kling takes but will not do as asked."""

import asyncio
import inspect
import json
import time
import warnings
from datetime import UTC, date, datetime, timedelta

import pytest
from kling import (
    AsyncKling,
    InvalidRequestError,
    Kling,
    KlingError,
    KlingWarning,
    NotFoundError,
    models,
    validate,
    validate_body,
)
from kling.mock import KlingMock

TEXT = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
LONG = models.TextToVideoRequest(model_name="kling-v2-6", prompt="A fox", duration="7")
ADVISED = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox", cfg_scale=0.5)
END = date(2026, 9, 15)
ALIVE = "available are kling-v2-5-turbo, kling-v2-6, kling-v3"


def seconds(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def body(transport):
    [request] = transport.requests
    sent = json.loads(request.content)
    # What the client adds by itself is not what is looked at here.
    if sent["external_task_id"].startswith("kling-"):
        del sent["external_task_id"]
    return sent


@pytest.fixture
def client(either_kling, scripted, success):
    transport = scripted(success(task_status="succeed"))
    one = either_kling(api_key="k", transport=transport)
    return one, transport


# ------------------------------------------------------------------------------------- extra


def test_extra_adds_a_field(client):
    kling, transport = client

    with pytest.warns(KlingWarning, match="style is not a field here"):
        task = kling.create(TEXT, extra={"style": {"name": "noir"}})

    assert task.id == "752604318974529536"
    assert body(transport) == {**TEXT.to_dict(), "style": {"name": "noir"}}


def test_extra_overrides_a_field(client):
    kling, transport = client

    with pytest.warns(KlingWarning, match='model_name must be one of .*, not "kling-v4"'):
        kling.create(TEXT, extra={"model_name": "kling-v4"})

    assert body(transport) == {"model_name": "kling-v4", "prompt": "A fox at dawn"}


def test_extra_that_the_description_knows_warns_of_nothing(client):
    kling, transport = client

    # Warnings are errors here.
    kling.create(LONG, extra={"duration": "10"})

    assert body(transport)["duration"] == "10"


def test_the_body_with_the_extra_fields_is_checked_and_not_that_without(client):
    kling, transport = client
    request = models.TextToVideoRequest(model_name="kling-v2-6", prompt="A fox")

    with pytest.warns(KlingWarning, match=r"\[text-to-video.duration-models\]"):
        kling.create(request, extra={"duration": "7"})

    assert body(transport)["duration"] == "7"


def test_run_takes_extra_too(client):
    kling, transport = client

    with pytest.warns(KlingWarning, match="style"):
        assert kling.run(TEXT, extra={"style": "noir"}).status == "succeeded"

    assert body(transport)["style"] == "noir"


def test_every_problem_is_a_warning_of_its_own(client):
    kling, transport = client

    with pytest.warns(KlingWarning) as warned:
        kling.create(LONG, extra={"style": "noir", "mode": "8k"})

    texts = [str(one.message) for one in warned]
    assert len(texts) == 3
    for field in ("style", "mode", "duration"):
        assert sum(text.startswith(field) for text in texts) == 1
    assert len(transport.requests) == 1


@pytest.mark.parametrize("extra", [None, {}], ids=["none", "empty"])
def test_without_extra_fields_problems_refuse(client, extra):
    kling, transport = client

    with pytest.raises(InvalidRequestError, match="duration"):
        kling.create(LONG, extra=extra)

    assert transport.requests == []


def test_neither_the_request_nor_the_extra_fields_are_changed(client):
    kling, _ = client
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")
    extra = {"prompt": "A wolf"}

    kling.create(request, extra=extra)

    assert request.to_dict() == {"model_name": "kling-v3", "prompt": "A fox"}
    assert extra == {"prompt": "A wolf"}


def test_one_call_with_extra_leaves_the_next_without(client):
    kling, transport = client

    with pytest.warns(KlingWarning):
        kling.create(TEXT, extra={"style": "noir"})
    kling.create(TEXT)

    assert [json.loads(one.content).get("style") for one in transport.requests] == ["noir", None]


@pytest.mark.parametrize(
    "value",
    [["kling-v3"], {"name": "kling-v3"}, 7, 2.5, True, None],
    ids=["list", "object", "number", "fraction", "true", "null"],
)
@pytest.mark.parametrize("field", ["model_name", "duration", "image", "prompt", "voice_list"])
def test_a_known_field_may_get_a_value_of_any_type(client, field, value):
    # A field that changes its type is the very thing that the description does not know yet.
    kling, transport = client

    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        kling.create(TEXT, extra={field: value})

    assert body(transport)[field] == value


@pytest.mark.parametrize(
    "value",
    [
        object(),
        END,
        b"bytes",
        {1, 2},
        float("nan"),
        float("inf"),
        "\ud800",
        models.Shot(index=1, prompt="x", duration="5"),
    ],
    ids=["object", "date", "bytes", "set", "nan", "infinite", "surrogate", "model"],
)
def test_what_json_cannot_carry_is_an_error_that_names_the_field(client, value):
    kling, transport = client

    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        with pytest.raises(InvalidRequestError, match="style"):
            kling.create(TEXT, extra={"style": value})

    assert transport.requests == []


@pytest.mark.parametrize("extra", ["style=noir", ["style"], 7, [("style", "noir")]])
def test_extra_that_is_no_mapping_is_a_type_error(client, extra):
    kling, transport = client

    with pytest.raises(TypeError):
        kling.create(TEXT, extra=extra)

    assert transport.requests == []


def test_extra_is_given_by_name(scripted, success):
    with pytest.raises(TypeError, match="a request already contains its body"):
        Kling(api_key="k", transport=scripted(success())).create(TEXT, {"style": "noir"})


def test_what_kling_refuses_after_a_warning_is_still_an_error(kling_mock):
    client = Kling(transport=kling_mock.transport)

    with pytest.warns(KlingWarning), pytest.raises(KlingError, match="style") as caught:
        client.create(TEXT, extra={"style": "noir"})

    assert caught.value.code == 1201


def test_extra_shows_no_prompt(client):
    kling, _ = client
    secret = "marker5f2c81 " * 300

    with pytest.warns(KlingWarning) as warned:
        kling.create(TEXT, extra={"prompt": secret, "style": secret})

    assert "marker5f2c81" not in " ".join(str(one.message) for one in warned)


# ------------------------------------------------------------------------ where a warning points


def called_here():
    """Return the place of the caller's line."""
    frame = inspect.currentframe().f_back
    return frame.f_code.co_filename, frame.f_lineno


def places(warned):
    return [(one.filename, one.lineno) for one in warned]


def test_a_warning_points_at_the_line_of_the_caller(scripted, success):
    def main():
        client = Kling(api_key="k", transport=scripted(success(task_status="succeed")))
        created = client.create(ADVISED) and called_here()
        ran = client.run(ADVISED) and called_here()
        beyond = client.create(TEXT, extra={"style": "noir"}) and called_here()
        return [created, ran, beyond]

    with pytest.warns(KlingWarning) as warned:
        expected = main()

    assert places(warned) == expected


def test_a_warning_points_at_the_line_that_awaits(scripted, success):
    async def main():
        client = AsyncKling(api_key="k", transport=scripted(success(task_status="succeed")))
        created = await client.create(ADVISED) and called_here()
        ran = await client.run(ADVISED) and called_here()
        beyond = await client.create(TEXT, extra={"style": "noir"}) and called_here()
        return [created, ran, beyond]

    with pytest.warns(KlingWarning) as warned:
        expected = asyncio.run(main())

    assert places(warned) == expected


def test_a_line_warns_once_unless_it_is_told_to_warn_always(scripted, success):
    client = Kling(api_key="k", transport=scripted(success()))

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(5):
            client.create(ADVISED)

    assert len(caught) == 1


def test_warnings_can_be_told_apart_from_those_of_others(scripted, success):
    client = Kling(api_key="k", transport=scripted(success()))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KlingWarning)
        client.create(ADVISED)


# ------------------------------------------------------------------------ without being sent

VALIDATIONS = {
    "request": validate,
    "body": lambda request: validate_body("createTextToVideoTask", request.to_dict()),
}
every_validation = pytest.mark.parametrize(
    "validated", VALIDATIONS.values(), ids=VALIDATIONS.keys()
)


@every_validation
def test_a_validation_warns_as_the_create_does(scripted, success, validated):
    with pytest.warns(KlingWarning) as created:
        Kling(api_key="k", transport=scripted(success())).create(ADVISED)
    with pytest.warns(KlingWarning) as warned:
        assert validated(ADVISED) == []

    assert [str(one.message) for one in warned] == [str(one.message) for one in created]
    assert {one.filename for one in warned} == {__file__}


@every_validation
def test_a_validation_warns_of_a_model_from_the_day_of_its_end_on(monkeypatch, validated):
    request = models.TextToVideoRequest(prompt="A fox")

    monkeypatch.setattr(time, "time", lambda: seconds(END) - 1)
    assert validated(request) == []
    monkeypatch.setattr(time, "time", lambda: seconds(END))
    with pytest.warns(KlingWarning, match=f"model_name kling-v1 was retired on {END}; {ALIVE}"):
        assert validated(request) == []


def test_what_breaks_rules_is_warned_of_too():
    request = models.TextToVideoRequest(
        model_name="kling-v3", prompt="A fox", cfg_scale=0.5, mode="8k"
    )

    with pytest.warns(KlingWarning, match="cfg_scale"):
        assert [one.field for one in validate(request)] == ["mode"]


# ---------------------------------------------------------------------------------- retirement

RETIRED = {
    "text": (
        models.TextToVideoRequest,
        ["kling-v1", "kling-v1-6", "kling-v2-master", "kling-v2-1-master"],
    ),
    "image": (
        models.ImageToVideoRequest,
        [
            "kling-v1",
            "kling-v1-5",
            "kling-v1-6",
            "kling-v2-master",
            "kling-v2-1",
            "kling-v2-1-master",
        ],
    ),
}
OLD = [(cls, model) for cls, names in RETIRED.values() for model in names]


def request_of(cls, **fields):
    picture = {"image": "https://e.org/a.png"} if cls is models.ImageToVideoRequest else {}
    return cls(prompt="A fox", **picture, **fields)


@pytest.fixture
def on(either_kling, scripted, success):
    """Return a function of a moment: a client that lives then, and its transport."""

    def at(moment):
        transport = scripted(success())
        transport.clock.advance(moment - transport.clock.time())
        return either_kling(api_key="k", transport=transport), transport

    return at


@pytest.mark.parametrize(("cls", "model"), OLD)
@pytest.mark.parametrize("days", [0, 1, 1000])
def test_a_retired_model_warns_from_its_day_on_and_is_sent(on, cls, model, days):
    kling, transport = on(seconds(END + timedelta(days=days)))

    with pytest.warns(KlingWarning) as warned:
        kling.create(request_of(cls, model_name=model))

    assert [str(one.message) for one in warned] == [
        f"model_name {model} was retired on 2026-09-15; {ALIVE}"
    ]
    assert body(transport)["model_name"] == model


@pytest.mark.parametrize(("cls", "model"), OLD)
@pytest.mark.parametrize("before", [1, 86400, 190 * 86400])
def test_before_its_day_it_does_not_warn(on, cls, model, before):
    kling, transport = on(seconds(END) - before)

    # Warnings are errors here.
    kling.create(request_of(cls, model_name=model))

    assert len(transport.requests) == 1


@pytest.mark.parametrize("cls", [cls for cls, _ in RETIRED.values()])
@pytest.mark.parametrize("model", ["kling-v2-5-turbo", "kling-v2-6", "kling-v3"])
def test_a_living_model_never_warns(on, cls, model):
    kling, transport = on(seconds(END + timedelta(days=1000)))

    kling.create(request_of(cls, model_name=model))

    assert len(transport.requests) == 1


@pytest.mark.parametrize("cls", [cls for cls, _ in RETIRED.values()])
def test_the_default_is_a_retired_model_too(on, cls):
    kling, transport = on(seconds(END))

    with pytest.warns(KlingWarning, match=f"kling-v1 was retired on 2026-09-15; {ALIVE}"):
        kling.create(request_of(cls))

    assert "model_name" not in body(transport)


def test_extra_can_name_a_living_model(on):
    kling, transport = on(seconds(END))

    kling.create(request_of(models.TextToVideoRequest), extra={"model_name": "kling-v3"})

    assert body(transport)["model_name"] == "kling-v3"


@pytest.fixture(params=["Pacific/Kiritimati", "Pacific/Niue"])
def _far_away(request, monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be changed here")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_far_away")
def test_the_date_is_that_of_utc(on):
    before, _ = on(seconds(END) - 1)
    after, _ = on(seconds(END))

    before.create(request_of(models.TextToVideoRequest, model_name="kling-v1"))
    with pytest.warns(KlingWarning, match="retired"):
        after.create(request_of(models.TextToVideoRequest, model_name="kling-v1"))


def test_the_warning_comes_before_the_refusal():
    mock = KlingMock(now=seconds(END))
    client = Kling(api_key=mock.keys.api_key, transport=mock.transport)

    with pytest.warns(KlingWarning, match="retired"), pytest.raises(NotFoundError) as caught:
        client.create(request_of(models.TextToVideoRequest, model_name="kling-v1"))

    assert caught.value.code == 1203


# -------------------------------------------------------------------------------------- advice


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        (ADVISED, "text-to-video.cfg-scale-on-kling-v3"),
        (
            models.TextToVideoRequest(
                model_name="kling-v3",
                prompt="<<<voice_1>>> sings",
                voice_list=[models.VoiceReference(voice_id="1")],
                sound="on",
            ),
            "text-to-video.voice-list-unsupported",
        ),
        (
            models.TextToVideoRequest(model_name="kling-v3", prompt="x", shot_type="intelligence"),
            "text-to-video.shots-ignored",
        ),
        (
            models.ImageToVideoRequest(
                model_name="kling-v3",
                prompt="x",
                image="https://e.org/a.png",
                aspect_ratio="16:9",
            ),
            "image-to-video.aspect-ratio-ignored",
        ),
        (
            models.AvatarRequest(
                image="https://e.org/a.png",
                audio_id="1",
                external_task_id="752604318974529536",
            ),
            "external-task-id.looks-like-a-task-id",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_advice_warns_and_is_sent(client, request_, rule):
    kling, transport = client

    with pytest.warns(KlingWarning) as warned:
        kling.create(request_)

    assert [str(one.message).rpartition(" ")[2] for one in warned] == [f"[{rule}]"]
    assert body(transport) == request_.to_dict()


def test_a_refused_request_gives_no_advice(client):
    kling, transport = client
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="", cfg_scale=0.5)

    # Warnings are errors here.
    with pytest.raises(InvalidRequestError):
        kling.create(request)

    assert transport.requests == []


def test_problems_advice_and_retirement_are_all_told(on):
    kling, transport = on(seconds(END))
    request = models.TextToVideoRequest(
        model_name="kling-v2-master", prompt="A fox", mode="pro", duration="7"
    )

    with pytest.warns(KlingWarning) as warned:
        kling.create(request, extra={"style": "noir"})

    texts = " ".join(str(one.message) for one in warned)
    for told in ("style", "duration-models", "mode-ignored", "was retired on"):
        assert told in texts
    assert len(transport.requests) == 1


@pytest.mark.parametrize(
    ("request_", "extra", "moment"),
    [
        (ADVISED, None, 1772323200.0),
        (TEXT, {"style": "noir"}, 1772323200.0),
        (models.TextToVideoRequest(model_name="kling-v1", prompt="x"), None, seconds(END)),
    ],
    ids=["advice", "extra", "retired"],
)
@pytest.mark.parametrize("method", ["create", "run"])
def test_a_warning_that_is_made_an_error_stops_before_anything_is_sent(
    on, method, request_, extra, moment
):
    kling, transport = on(moment)

    with warnings.catch_warnings():
        warnings.simplefilter("error", KlingWarning)
        with pytest.raises(KlingWarning):
            getattr(kling, method)(request_, extra=extra)

    assert transport.requests == []
