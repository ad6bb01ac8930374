"""The workflows say nothing that the description does not say, and never pay twice.

They run in `tests/portability/test_workflows.py`, for which Node is needed.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import kling
import pytest
from kling.description import Operation
from kling.description import load as load_spec

from scripts.build.bundle import WORKFLOWS, Document, load

SPEC = load_spec()
FILES = sorted((Path(__file__).parents[2] / "openapi").glob(WORKFLOWS))
EXPRESSION = re.compile(r"\$\w+[\w.]*(?:#[\w/]*)?")

HALF_AN_HOUR = 1800


class Step(NamedTuple):
    node: Document
    before: dict[str, "Step"]
    """The steps that come before it in its workflow."""
    workflow: Document
    components: Document

    @property
    def operation(self) -> Operation:
        return SPEC.operations[self.node["operationId"]]

    @property
    def parameters(self) -> dict[str, Document]:
        given = [*self.workflow["parameters"], *self.node.get("parameters", ())]
        return {one["name"]: one for one in map(self.resolve, given)}

    @property
    def failure_actions(self) -> list[Document]:
        return [self.resolve(one) for one in self.node.get("onFailure", ())]

    @property
    def criteria(self) -> list[str]:
        groups = [self.node["successCriteria"], *(one["criteria"] for one in self.failure_actions)]
        return [one["condition"] for group in groups for one in group]

    @property
    def status(self) -> str:
        """The HTTP status that it wants."""
        wanted = re.search(r"\$statusCode == (\d+)", json.dumps(self.node["successCriteria"]))
        return wanted[1] if wanted else "200"

    @property
    def inputs(self) -> dict[str, Document]:
        properties = self.workflow["inputs"]["properties"]
        return {name: self.resolve(schema) for name, schema in properties.items()}

    @property
    def body(self) -> Any:
        """What it sends where the inputs are as in their examples."""
        payload = self.node.get("requestBody", {}).get("payload")

        def filled(node: Any) -> Any:
            if isinstance(node, dict):
                return {key: filled(value) for key, value in node.items()}
            if isinstance(node, str) and node.startswith("$inputs."):
                return self.inputs[node.removeprefix("$inputs.")]["examples"][0]
            return node

        return filled(payload)

    def resolve(self, node: Document) -> Document:
        """Return a node, or the component that it stands for."""
        place = re.split(r"[./]", node.get("reference") or node.get("$ref") or "")
        return self.components[place[-2]][place[-1]] if len(place) > 1 else node

    def schema(self, expression: str) -> Document:
        """Return what the description says of the value of a runtime expression."""
        source, _, pointer = expression.partition("#")
        match source.split("."):
            case ["$inputs", name]:
                return self.inputs[name]
            case ["$steps", step, "outputs", name]:
                other = self.before[step]
                return reached(other.schema(other.node["outputs"][name]), pointer)
            case ["$response", "body"]:
                reply = SPEC.resolve(self.operation.node["responses"][self.status])
                return reached(reply["content"]["application/json"]["schema"], pointer)
            case ["$statusCode"]:
                return {"type": "integer"}
        raise AssertionError(f"{expression} is no expression that these tests know")


def reached(schema: Document, pointer: str) -> Document:
    schema = SPEC.resolve(schema)
    for key in pointer.split("/")[1:]:
        schema = SPEC.resolve(schema["items"] if key.isdigit() else schema["properties"][key])
    return schema


def last_steps(path: Path) -> Iterator[Step]:
    """Yield the last step of every workflow of a file."""
    document = load(path)
    for workflow in document["workflows"]:
        steps: dict[str, Step] = {}
        for node in workflow["steps"]:
            step = Step(node, dict(steps), workflow, document.get("components", {}))
            steps[node["stepId"]] = step
        yield step


LAST = {step.workflow["workflowId"]: step for path in FILES for step in last_steps(path)}
STEPS = {
    f"{name}.{step.node['stepId']}": step
    for name, last in LAST.items()
    for step in (*last.before.values(), last)
}

every_step = pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
WAITS = {name: step for name, step in STEPS.items() if step.operation.verb == "get"}
PAID = {name: step for name, step in STEPS.items() if step.body and step.status == "200"}
every_wait = pytest.mark.parametrize("step", WAITS.values(), ids=WAITS)


@every_step
def test_a_step_is_a_call_that_is_described(step: Step) -> None:
    parameters = dict(step.parameters)
    authorization = parameters.pop("Authorization")
    known = SPEC.parameters(step.operation)

    assert (authorization["in"], authorization["value"]) == ("header", "Bearer {$inputs.api_key}")
    assert {name: one["in"] for name, one in parameters.items()}.items() <= {
        (name, one["in"]) for name, one in known.items()
    }
    assert {name for name, one in known.items() if one.get("required")} <= parameters.keys()
    assert (step.body is None) == (step.operation.request is None)


@every_step
def test_what_a_step_names_is_described(step: Step) -> None:
    text = json.dumps([step.node, step.parameters, step.failure_actions])
    expressions = {one for one in EXPRESSION.findall(text) if "$components" not in one}

    assert expressions
    for expression in expressions:
        step.schema(expression)


@every_step
def test_what_a_reply_is_compared_with_is_a_value_of_it(step: Step) -> None:
    codes = {0, *SPEC.errors}
    for criterion in step.criteria:
        for expression, text in re.findall(r"(\$response\S+) == ('\w+'|\d+)", criterion):
            known = step.schema(expression).get("enum", codes)
            assert (text.strip("'") if "'" in text else int(text)) in known, criterion


@every_step
def test_a_body_breaks_a_rule_only_where_a_refusal_is_wanted(step: Step) -> None:
    if step.body is not None:
        problems = kling.validate_body(step.operation.id, step.body)

        assert bool(problems) == (step.status == "400")


@every_step
def test_a_body_asks_for_nothing_that_is_retired(step: Step) -> None:
    if step.operation.request:
        assert list(SPEC.retirements(step.operation.request, step.body)) == []


@pytest.mark.parametrize("step", PAID.values(), ids=PAID)
def test_the_seconds_that_are_paid_for_are_those_that_are_sent(step: Step) -> None:
    (seconds,) = re.findall(r"one video of (\d+) s", step.workflow["description"])

    assert int(step.body.get("settings", step.body)["duration"]) == int(seconds)


@pytest.mark.parametrize("name", LAST)
def test_a_workflow_requires_the_inputs_that_it_uses(name: str) -> None:
    last = LAST[name]
    steps = [*last.before.values(), last]
    text = json.dumps([[step.node, step.parameters, step.failure_actions] for step in steps])

    assert set(re.findall(r"\$inputs\.(\w+)", text)) == set(last.workflow["inputs"]["required"])


@pytest.mark.parametrize("name", LAST)
def test_the_outputs_of_a_workflow_are_described(name: str) -> None:
    last = LAST[name]
    after = last._replace(before={**last.before, last.node["stepId"]: last})

    assert last.workflow["outputs"]
    for expression in last.workflow["outputs"].values():
        after.schema(expression)


@every_step
def test_what_is_paid_for_is_sent_once(step: Step) -> None:
    repeats = any(one["type"] != "end" for one in step.failure_actions)

    assert repeats == (step.operation.verb == "get")


@every_wait
def test_waiting_ends_with_the_task_and_outlasts_the_usual_time(step: Step) -> None:
    failed, waiting, again = step.failure_actions
    videos = SPEC.schemas["TaskResult"]["properties"]["videos"]["x-kling-result"]
    (passing,) = (one.code for one in SPEC.errors.values() if one.kind == "rate-limit")

    assert failed["type"] == "end"
    assert failed["criteria"][0]["condition"].endswith("status == 'failed'")
    assert waiting["retryAfter"] * waiting["retryLimit"] > max(videos["seconds"])
    for one in (waiting, again):
        assert one["retryAfter"] * one["retryLimit"] <= HALF_AN_HOUR  # as the descriptions say
    assert again["criteria"][0]["condition"].endswith(f"== {passing}")
