"""What waiting costs grows with the number of tasks, and no faster."""

import asyncio

import pytest
from kling import AsyncKling, Kling, models

# private: no public name counts how often a task is looked at.
from kling._waiting.watch import Watched
from kling.mock import KlingMock

API_KEY = {"api_key": "mock-api-key"}
FEW, MANY = 20, 200


def wait_all(mock, tasks):
    Kling(**API_KEY, transport=mock.transport).wait_all(tasks)


def as_completed(mock, tasks):
    list(Kling(**API_KEY, transport=mock.transport).as_completed(tasks))


def wait_all_with_times(mock, tasks):
    timeouts = {task.ref: 2000 + number for number, task in enumerate(tasks)}
    Kling(**API_KEY, transport=mock.transport).wait_all(tasks, timeout=timeouts)


def gather(mock, tasks):
    async def main():
        async with AsyncKling(**API_KEY, transport=mock.transport) as client:
            await asyncio.gather(*(client.wait(task) for task in tasks))

    asyncio.run(main())


@pytest.fixture
def looks(monkeypatch):
    """Count in a list of one number how often what is known of a task is read."""
    count = [0]

    def counted(slot):
        def read(one):
            count[0] += 1
            return slot.__get__(one)

        return property(read, slot.__set__)

    for name in ("ref", "due", "task", "is_in_flight"):
        monkeypatch.setattr(Watched, name, counted(vars(Watched)[name]))
    return count


@pytest.mark.parametrize("wait", [wait_all, as_completed, wait_all_with_times, gather])
def test_a_task_is_looked_at_as_often_among_many_as_among_few(looks, wait):
    per_task = []
    for number in (FEW, MANY):
        mock = KlingMock()
        client = Kling(**API_KEY, transport=mock.transport)
        request = models.Kling30TurboTextToVideoRequest(prompt="A fox")
        tasks = [client.create(request) for _ in range(number)]
        looks[0] = 0
        wait(mock, tasks)
        per_task.append(looks[0] / number)

    few, many = per_task
    assert many < 1.5 * few
