"""Every fault of the mock, affecting every kind of call: what comes of it stands in faults.yaml.

The README shows that file as a table.
"""

from pathlib import Path

import kling
import pytest
import yaml
from every_slip import differing, fail_with
from kling import models
from kling.description import load
from kling.mock import KlingMock, Package
from mock_control import control

FIXTURES = Path(__file__).parents[2] / "openapi" / "fixtures"
MATRIX = yaml.safe_load((FIXTURES / "faults.yaml").read_text(encoding="utf-8"))
CALLS = MATRIX["calls"]
UNITS = 100
REQUESTS = {
    "v1": models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn"),
    "current": models.Kling30TurboTextToVideoRequest(prompt="A fox at dawn"),
}


class World:
    """A client, the mock behind it, and a task that was made before anything went wrong."""

    def __init__(self, client_class, request, folder):
        self.mock = KlingMock(packages=[Package("video", 5, UNITS)])
        self.client = client_class(api_key="mock-api-key", transport=self.mock.transport)
        self.request, self.folder = request, folder
        self.before = 0
        self._wanted = None

    def prepare(self, call):
        if call != "create":
            self.task = self.client.create(self.request)
            self.before = 1
        if call == "download":
            self.task = self.client.wait(self.task)

    def call(self, name):
        client = self.client
        match name:
            case "create":
                return client.create(self.request)
            case "retrieve":
                return client.retrieve(self.task.ref)
            case "wait":
                return client.wait(self.task, timeout=600)
            case "list":
                return list(client.list(type(self.request)))
            case "download":
                return client.download(self.task, self.folder)

    @property
    def paid(self):
        """Return how many tasks were paid for, by the ledger and by the list of tasks."""
        state = self.mock.state()
        [package] = state["packages"]
        number, rest = divmod(UNITS - package["left"], int(kling.estimate(self.request).units))
        assert (number, rest) == (state["counts"]["tasks"], 0)
        return number

    def outcome(self, name):
        """Call, and say what came of it; nothing may be lost."""
        try:
            result = self.call(name)
        except kling.KlingError as error:
            return self._told(name, error)
        assert result
        if name == "create":
            assert self.mock.state()["tasks"][0]["id"] == result.id
        return "ok"

    def _told(self, name, error):
        said = type(error).__name__
        if name != "create":
            assert not error.may_exist if isinstance(error, kling.APIError) else True
            return said
        assert error.not_created != error.may_exist
        control(self.mock, "plans/clear")
        if error.not_created:
            assert self.paid == 0
            return f"{said}, not made"
        if self.paid:
            # What was paid for is found by what the error says.
            found = self.client.recover(type(self.request), error.external_task_id)
            assert found.id == self.mock.state()["tasks"][0]["id"]
        return f"{said}, may exist"


# Which operations a fault has to be planned for, so that it affects a call.
ON = {"create": "create", "retrieve": "get", "wait": "get", "list": "list", "download": "download"}


def planned(plan, call):
    """Return the plan for a fault that happens once, and for one that affects everything."""
    if plan["fault"] == "expire":
        return plan, {**plan, "times": None}
    return {**plan, "on": ON[call]}, {**plan, "on": "any", "times": None}


TIMES = ("once", "always")


@pytest.mark.parametrize("standard", REQUESTS)
@pytest.mark.parametrize("row", MATRIX["faults"], ids=lambda row: row["name"])
def test_what_comes_of_a_fault(either_kling, tmp_path, standard, row):
    fail_with(
        slip
        for call in CALLS
        if call in row
        for when, plan, expected in zip(TIMES, planned(row["plan"], call), row[call], strict=True)
        for world in [World(either_kling, REQUESTS[standard], tmp_path / f"{call} {when}")]
        for slip in differing(call, {when: (expected, came_of(plan, call, world))})
    )


def came_of(plan, call, world):
    """Say what comes of a call when something goes wrong as planned; nothing may be lost."""
    world.prepare(call)
    world.mock.plan(**plan)

    outcome = world.outcome(call)

    assert world.paid - world.before <= (call == "create")
    # However bad it was, nothing is lost: what was made before is still there to have.
    control(world.mock, "plans/clear")
    if call != "create":
        done = world.client.wait(world.task)
        assert all(path.stat().st_size for path in world.client.download(done, world.folder))
        assert world.paid == world.before
    return outcome


def test_every_fault_of_the_mock_is_in_the_table():
    planned = {row["plan"]["fault"] for row in MATRIX["faults"]}
    faults = KlingMock().state()["faults"]
    of_calls = {name for name, fault in faults.items() if fault["only_on"] != "callback"}

    assert planned == of_calls


def test_every_kind_of_refusal_is_in_the_table():
    codes = {row["plan"].get("code") for row in MATRIX["faults"]} - {None}
    kinds = {code: row.kind for code, row in load().errors.items()}

    assert {kinds[code] for code in codes} == {kinds[code] for code in kinds if code}
