import pickle

import kling
import pytest
from kling import (
    APIConnectionError,
    APIStatusError,
    InvalidRequestError,
    Kling,
    KlingError,
    Problem,
    RateLimitError,
    Task,
    TaskError,
    TaskFailedError,
    TaskTimeoutError,
    models,
)

TREE = {
    "KlingError": ["Exception"],
    "BudgetError": ["KlingError"],
    "CallbackError": ["KlingError", "ValueError"],
    "CredentialsError": ["KlingError", "ValueError"],
    "InvalidRequestError": ["KlingError", "ValueError"],
    "APIError": ["KlingError"],
    "APIConnectionError": ["APIError"],
    "APITimeoutError": ["APIConnectionError"],
    "APIStatusError": ["APIError"],
    "AuthenticationError": ["APIStatusError"],
    "PermissionDeniedError": ["APIStatusError"],
    "InsufficientBalanceError": ["APIStatusError"],
    "BadRequestError": ["APIStatusError"],
    "NotFoundError": ["APIStatusError"],
    "ContentPolicyError": ["APIStatusError"],
    "RateLimitError": ["APIStatusError"],
    "ConcurrencyLimitError": ["APIStatusError"],
    "InternalServerError": ["APIStatusError"],
    "TaskError": ["KlingError"],
    "TaskFailedError": ["TaskError"],
    "TaskTimeoutError": ["TaskError", "TimeoutError"],
}
MARK = "marker5f2c81"


def task(**data):
    raw = {"task_id": "752604318974529536", "task_status": "failed", "added": [1], **data}
    return Task("text_to_video", models.Task.from_dict(raw))


PROBLEMS = (Problem("maxLength", "prompt", "prompt is long."), Problem("a.b", "", "rule"))
STATUS_ERRORS = [
    getattr(kling, name)(f"{name} (code 1)", status_code=429, code=1, request_id="r-1")
    for name, bases in TREE.items()
    if name == "APIStatusError" or bases == ["APIStatusError"]
]
ERRORS = [
    kling.BudgetError("too little", kling.estimate_body("text_to_speech", {})),
    kling.CallbackError("no callback"),
    *STATUS_ERRORS,
    APIStatusError("without a code", status_code=502),
    *(getattr(kling, name)(name) for name in ("KlingError", "CredentialsError", "APIError")),
    *(getattr(kling, name)(name) for name in ("APIConnectionError", "APITimeoutError")),
    InvalidRequestError("TextToVideoRequest", PROBLEMS),
    TaskError("nothing to download", task()),
    TaskFailedError(task(task_status_msg="why")),
    TaskTimeoutError(task(task_status="processing"), 60),
]


def test_the_tree_of_errors_is_the_documented_one():
    classes = [value for name in kling.__all__ if is_error(value := getattr(kling, name))]

    assert {one.__name__: [base.__name__ for base in one.__bases__] for one in classes} == TREE


def is_error(value):
    return isinstance(value, type) and issubclass(value, KlingError)


def test_warnings_are_those_of_a_user():
    assert kling.KlingWarning.__bases__ == (UserWarning,)


def test_every_error_is_pickled_here():
    assert {type(error).__name__ for error in ERRORS} == TREE.keys()


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_can_be_pickled(error):
    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert repr(copy) == repr(error)
    assert copy.args == error.args
    assert vars(copy) == vars(error)


def test_notes_are_pickled_too():
    error = APIConnectionError("refused")
    error.add_note("The task goes on")

    assert pickle.loads(pickle.dumps(error)).__notes__ == ["The task goes on"]


def test_an_error_of_a_real_call_can_be_pickled(scripted):
    refusal = (429, {"code": 1302, "message": "slow down", "request_id": "r-1"})
    with pytest.raises(RateLimitError) as caught:
        Kling(api_key="k", transport=scripted(refusal)).retrieve("text_to_video/1")

    copy = pickle.loads(pickle.dumps(caught.value))

    assert (copy.code, copy.status_code, copy.request_id) == (1302, 429, "r-1")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"task_status": "succeed", "task_result": {"videos": [{"url": "u", "duration": "5.041"}]}},
        {"task_info": {"external_task_id": "order-1", "added": 1}, "final_unit_deduction": "2.50"},
        {"task_status": "new word", "created_at": None, "watermark_info": {"enabled": True}},
    ],
)
def test_a_task_can_be_pickled(data):
    one = task(**data)

    copy = pickle.loads(pickle.dumps(one))

    assert copy == one
    assert copy.raw.to_dict() == one.raw.to_dict()
    assert (copy.outputs, copy.units, copy.created_at) == (one.outputs, one.units, one.created_at)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_problem_can_be_pickled(problem):
    assert pickle.loads(pickle.dumps(problem)) == problem


def test_all_problems_are_listed_at_once(scripted):
    request = models.TextToVideoRequest(
        model_name="kling-v2-6", prompt="", duration="7", mode="4k", cfg_scale=2, sound="on"
    )

    with pytest.raises(InvalidRequestError) as caught:
        Kling(api_key="k", transport=scripted({})).create(request)

    assert {problem.field for problem in caught.value.problems} == {
        "prompt",
        "duration",
        "mode",
        "cfg_scale",
        "sound",
    }
    first, *lines = str(caught.value).splitlines()
    assert first == "TextToVideoRequest was not sent:"
    assert lines == [f"  {problem}" for problem in caught.value.problems]


def test_a_wrong_request_can_be_caught_as_a_value_error(scripted):
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="")

    with pytest.raises(ValueError, match="prompt must not be empty"):
        Kling(api_key="k", transport=scripted({})).create(request)


def test_a_short_wrong_value_of_a_list_is_shown(scripted):
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="x", aspect_ratio="4:3")

    with pytest.raises(InvalidRequestError, match='"16:9", "9:16", "1:1", not "4:3"'):
        Kling(api_key="k", transport=scripted({})).create(request)


def shot(**fields):
    return [models.Shot(**({"index": 1, "prompt": "x", "duration": "5"} | fields))]


TEXT = {"model_name": "kling-v3", "prompt": "x"}
IMAGE = {**TEXT, "image": "https://e.org/a.png"}
LONG = f"{MARK} " * 500
PRIVATE = {
    "long-prompt": models.TextToVideoRequest(**TEXT | {"prompt": LONG}),
    "long-negative-prompt": models.TextToVideoRequest(**TEXT, negative_prompt=LONG),
    "prompt-of-a-list": models.TextToVideoRequest(**TEXT | {"prompt": [MARK]}),
    "surrogate-in-the-prompt": models.TextToVideoRequest(**TEXT | {"prompt": f"{MARK}\ud800"}),
    "prompt-beside-a-broken-rule": models.TextToVideoRequest(
        model_name="kling-v2-6", prompt=MARK, negative_prompt=MARK, duration="7"
    ),
    "data-prefix": models.ImageToVideoRequest(**IMAGE | {"image": f"data:image/png;base64,{MARK}"}),
    "image-of-a-list": models.ImageToVideoRequest(**IMAGE | {"image": [MARK]}),
    "image-of-bytes": models.ImageToVideoRequest(**IMAGE | {"image": MARK.encode()}),
    "sound": models.AvatarRequest(image=f"data:,{MARK}", sound_file=f"data:,{MARK}"),
    "long-enum-value": models.TextToVideoRequest(**TEXT, aspect_ratio=f"{MARK} {'x' * 40}"),
    "long-model": models.TextToVideoRequest(**TEXT | {"model_name": f"{MARK} {'x' * 40}"}),
    "shot-prompt": models.TextToVideoRequest(**TEXT, multi_prompt=shot(prompt=LONG)),
    "shot-duration": models.TextToVideoRequest(**TEXT, multi_prompt=shot(duration=f"{MARK} s")),
    "callback-url": models.TextToVideoRequest(**TEXT, callback_url=f"{MARK}:password@e.org"),
}


def test_advice_shows_no_prompt():
    with pytest.warns(kling.KlingWarning) as caught:
        kling.validate(models.ImageToVideoRequest(**IMAGE | {"prompt": f"{MARK} <<<voice_1>>>"}))

    assert not any(MARK in str(one.message) for one in caught)


@pytest.mark.parametrize("request_", PRIVATE.values(), ids=PRIVATE)
def test_what_is_private_is_never_shown(scripted, request_):
    with pytest.raises(InvalidRequestError) as caught:
        Kling(api_key="k", transport=scripted({})).create(request_)

    error = caught.value
    shown = f"{error} {error!r} {error.problems} {error.__cause__!r} {error.__context__!r}"
    assert MARK not in shown
