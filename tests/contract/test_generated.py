"""The generated client as it is: every operation, and every oddity of a reply."""

import asyncio
import re
import subprocess
import sys
from typing import Any

import pytest
from generated_calls import OPERATIONS, SPEC, endpoint, examples
from kling._spec import Operation
from kling.mock import KlingMock
from kling_api import AuthenticatedClient, models
from kling_api.types import UNSET

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
    reply = endpoint(create).sync(client=client, **arguments(create, ""))
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
    request = models.TextToVideoRequest(prompt="")

    reply = endpoint(SPEC.operations["createTextToVideoTask"]).sync(client=client, body=request)

    assert isinstance(reply, models.ApiError)
    assert reply.code == 1201


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
