"""The generated client as it is: every operation, and every oddity of a reply."""

import ast
import asyncio
import copy
import inspect
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from typing import Any

import attrs
import httpx
import pytest
from every_slip import for_each
from generated_calls import OPERATIONS, SPEC, bodies, endpoint, examples, request
from kling.description import Operation
from kling.mock import KlingMock
from kling_api import AuthenticatedClient, Client, models
from kling_api.api.text_to_video import list_text_to_video_tasks
from kling_api.errors import UnexpectedStatus
from kling_api.types import UNSET, UnknownFieldError

VIEW = json.loads(files("kling_api").joinpath("openapi.portable.json").read_text("utf-8"))
SCHEMAS = VIEW["components"]["schemas"]
OBJECTS = [name for name, schema in SCHEMAS.items() if "properties" in schema]
NEEDS_A_STATE = re.compile(r"delete|createMultiElements(Task|SelectionP)|getMultiElements")


def arguments(operation: Operation, task_id: str) -> dict[str, Any]:
    least = examples(operation)["minimal"]
    return {**least, "id": task_id} if "id" in least else least


@pytest.fixture
def client(kling_mock: KlingMock) -> AuthenticatedClient:
    return AuthenticatedClient(
        base_url="https://kling-mock.invalid",
        token=kling_mock.keys.api_key,
        httpx_args={"transport": kling_mock.transport},
    )


def created(operation: Operation, client: AuthenticatedClient) -> str:
    if "{id}" not in operation.path:
        return ""
    create = SPEC.create_in(operation.family)
    reply = endpoint(create).sync_detailed(client=client, **arguments(create, "")).parsed
    return getattr(getattr(reply, "data", None), "task_id", "unknown")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_every_operation_works_from_a_function_of_its_own(
    operation: Operation, client: AuthenticatedClient, kling_mock: KlingMock
) -> None:
    given = arguments(operation, created(operation, client))

    reply = endpoint(operation).sync_detailed(client=client, **given)
    kling_mock.clock.advance(1)  # /account/costs takes one request a second
    later = asyncio.run(endpoint(operation).asyncio_detailed(client=client, **given))

    # The ids of the examples are not known to a fresh mock.
    expected = (400, 1201) if NEEDS_A_STATE.match(operation.id) else (200, 0)
    assert (reply.status_code, reply.parsed.code) == expected
    assert (later.status_code, later.parsed.code) == expected


def test_a_refusal_is_parsed_too(client: AuthenticatedClient) -> None:
    body = models.TextToVideoRequest(prompt="")
    create = endpoint(SPEC.operations["createTextToVideoTask"])

    reply = create.sync_detailed(client=client, body=body).parsed

    assert isinstance(reply, models.ApiError)
    assert reply.code == 1201


def returned(operation: Operation) -> set[Any]:
    functions = (endpoint(operation).sync, endpoint(operation).asyncio)
    return {inspect.signature(function).return_annotation for function in functions}


def success(operation: Operation) -> type:
    content = operation.node["responses"]["200"]["content"]["application/json"]
    return getattr(models, content["schema"]["$ref"].rpartition("/")[2])


def test_functions_return_what_a_success_says_and_nothing_else() -> None:
    assert [one.id for one in OPERATIONS if returned(one) != {success(one)}] == []


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, b'{"code": 1201, "message": "prompt: \\u001b[31m", "request_id": "1"}', 1201),
        (200, b'{"code": 1303, "message": "busy", "data": []}', 1303),
        (302, b"", None),
        (502, b"<html>\x1b[31m</html>", None),
    ],
)
def test_what_is_no_success_is_an_error(
    status: int, body: bytes, code: int | None, is_async: bool
) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=body))
    plain = Client(base_url="https://api.test", httpx_args={"transport": transport})

    def called() -> Any:
        if is_async:
            return asyncio.run(list_text_to_video_tasks.asyncio(client=plain))
        return list_text_to_video_tasks.sync(client=plain)

    with pytest.raises(UnexpectedStatus, match=f"^HTTP {status}: ") as caught:
        called()

    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.status_code, error.content, error.code) == (status, body, code)
    assert str(error) == str(caught.value)
    assert "\x1b" not in str(error)


def test_a_request_sends_what_was_set_and_nothing_else() -> None:
    assert models.TextToVideoRequest(prompt="x").to_dict() == {"prompt": "x"}


def test_an_unknown_status_is_kept() -> None:
    task = models.Task.from_dict({"task_id": "1", "task_status": "paused"})

    assert task.task_status == "paused"


@pytest.mark.parametrize("field", ["task_info", "task_result", "watermark_info"])
def test_null_is_the_same_as_absent(field: str) -> None:
    task = models.Task.from_dict({"task_id": "1", "task_status": "submitted", field: None})

    assert getattr(task, field) is UNSET


def test_a_list_that_is_null_is_empty() -> None:
    assert not models.TaskResult.from_dict({"videos": None}).videos


def test_an_added_field_is_kept() -> None:
    task = models.Task.from_dict({"task_id": "1", "task_status": "submitted", "progress": 3})

    assert task["progress"] == 3
    assert task.to_dict()["progress"] == 3


def objects(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict):
        yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            yield from objects(value, (*path, key))


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.request], ids=lambda operation: operation.id
)
def test_an_unknown_field_of_a_request_is_refused_at_every_depth(operation: Operation) -> None:
    for _, body in bodies(operation):
        for path in objects(body):
            wrong = copy.deepcopy(body)
            holder = wrong
            for step in path:
                holder = holder[step]
            holder["no_such_field"] = 1

            with pytest.raises(UnknownFieldError, match=r"^no_such_field is not a field of "):
                request(operation, wrong)


def test_a_misspelt_field_is_named_with_what_was_meant() -> None:
    said = "durations is not a field of TextToVideoRequest; did you mean duration?"

    with pytest.raises(TypeError, match=f"^{re.escape(said)}$"):
        models.TextToVideoRequest.from_dict({"prompt": "x", "durations": "8"})


def test_a_field_like_no_other_is_told_the_fields_as_they_are_sent() -> None:
    said = "xyz is not a field of VoiceContent; the fields are voice_id, id, type."

    with pytest.raises(TypeError, match=f"^{re.escape(said)}$"):
        models.VoiceContent.from_dict({"type": "voice", "id": "1", "voice_id": "2", "xyz": 3})


@pytest.mark.every_family
@for_each(OBJECTS)
def test_a_model_takes_its_fields_by_name(name: str) -> None:
    parameters = inspect.signature(getattr(models, name)).parameters.values()

    assert {one.kind for one in parameters} == {inspect.Parameter.KEYWORD_ONLY}


def docstrings(model: type) -> dict[str, str]:
    """Return what stands below each field of a model, on one line."""
    (body,) = (one.body for one in ast.parse(inspect.getsource(model)).body if hasattr(one, "body"))
    return {
        field.target.id.removesuffix("_"): " ".join(text.value.value.split())
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }


@pytest.mark.every_family
@for_each(OBJECTS)
def test_a_field_says_what_the_description_says_of_it_and_of_its_values(name: str) -> None:
    said = docstrings(getattr(models, name))

    for field, schema in SCHEMAS[name]["properties"].items():
        values = SCHEMAS.get(schema.get("$ref", "").rpartition("/")[2], {})
        for source in [schema, values] if "enum" in values else [schema]:
            for line in source.get("description", "").splitlines():
                assert line in said[field]


def test_a_field_says_nothing_twice() -> None:
    said = docstrings(models.Kling26TextToVideoSettings)

    assert said["aspect_ratio"] == "Width to height of the video. Kling's default: `16:9`."


def test_models_are_loaded_one_by_one() -> None:
    program = (
        "import sys; from kling_api.models import Shot;"
        "print([name for name in sys.modules if name.startswith('kling_api.models.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.decode().strip() == "['kling_api.models.shot']"


def test_every_model_can_be_had_and_no_other() -> None:
    assert all(hasattr(models, name) for name in models.__all__)
    assert set(models.__all__) <= set(dir(models))
    with pytest.raises(AttributeError, match="NoSuchModel"):
        _ = models.NoSuchModel


REQUESTS = {one.request: one for one in SPEC.operations.values() if one.request}


@pytest.mark.every_family
@for_each(REQUESTS)
def test_help_says_what_a_request_is_for_and_what_its_fields_are(name: str) -> None:
    request, operation = getattr(models, name), REQUESTS[name]
    help_text = inspect.getdoc(request) or ""
    intro, _, _ = " ".join(help_text.split()).partition(f", {operation.method} {operation.path}.")
    _, _, fields = help_text.partition("\nAttributes:\n")
    described = dict(re.findall("^    ([a-z0-9_]+): (.*)$", fields, re.MULTILINE))

    assert intro.startswith(operation.node["tags"][0] + ": ")
    assert intro.endswith(f" The body of {operation.id}")
    assert described.keys() == {field.name for field in attrs.fields(request)}, help_text
    assert all(described.values())


def test_what_is_unset_is_shown_as_such() -> None:
    assert repr(UNSET) == "UNSET"
    assert str(inspect.signature(models.TextToVideoRequest)).count("= UNSET") > 5
