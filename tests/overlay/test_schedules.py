"""Creates through a service at its worst: whatever it does, and whenever the program is killed.

`make fuzz` runs many more schedules than `make test`; SCHEDULES says how many.
"""

import os

import kling
import pytest
from hostile_service import ANSWERS, CREATES, LOOKS, OWN_ID, Killed, Service
from hypothesis import HealthCheck, event, given, note, settings
from hypothesis import strategies as st
from kling import Kling, models

SCHEDULES = int(os.environ.get("SCHEDULES", "300"))
REQUESTS = {
    "v1": models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn"),
    "current": models.Kling30TurboTextToVideoRequest(prompt="A fox at dawn"),
    "path": kling.Unlisted("/v1/videos/new-thing", {}),
    "solutions": kling.Unlisted("/solutions/new-thing", {}),
}
EXISTS = "External_task_id {} already exists"
REWORDED = "seen before: {}"
DELAYS = (0.0, 3.0, 20.0, 29.0, 31.0, 45.0, 120.0)


@st.composite
def programs(draw, **fixed):
    """Draw how a program sends its create, and what the service does to it."""
    killed = draw(st.sampled_from([None, None, "create", "killed-unsent", "look"]))
    carried_out = st.sampled_from([one for one in CREATES if one.endswith(" after")])
    fates = st.sampled_from(CREATES) | carried_out | st.just("ok")
    creates = draw(st.lists(fates, min_size=1, max_size=3))
    answers = st.sampled_from(ANSWERS) | st.sampled_from(LOOKS) | st.just("right")
    looks = draw(st.lists(answers, min_size=1, max_size=3))
    if killed == "look":
        looks = [*looks[:-1], "killed"]
    elif killed:
        creates = [*creates[:-1], "killed" if killed == "create" else killed]
    return {"creates": creates, "looks": looks, "reuse": draw(st.booleans()), **fixed}


@st.composite
def schedules(draw):
    """Draw a service, and the programs that send the same create one after the other."""
    own_id = draw(st.sampled_from([OWN_ID, None]))
    return {
        "standard": draw(st.sampled_from(list(REQUESTS))),
        "delay": draw(st.sampled_from(DELAYS)),
        "words": draw(st.sampled_from([EXISTS, EXISTS, REWORDED])),
        "own_id": own_id,
        # Who makes up an id for each create has sent another create the second time.
        "programs": draw(st.lists(programs(), min_size=1, max_size=3 if own_id else 1)),
        # Without it a second create would not be noticed, had the client sent one.
        "compares_ids": own_id is not None or draw(st.booleans()),
    }


class Run:
    """A schedule that is played, and judged."""

    def __init__(self, plan):
        self.standard, self.own_id = plan["standard"], plan["own_id"]
        self.service = Service(
            delay=plan["delay"], words=plan["words"], compares_ids=plan["compares_ids"]
        )

    def play(self, number, program):
        service = self.service
        service.program, service.requests = number, []
        service.creates, service.looks = list(program["creates"]), list(program["looks"])
        reuse = program["reuse"] and self.own_id is not None
        was_seen = any(service.is_seen(one) for one in service.paid())
        failed = None
        with Kling(api_key="k", transport=service) as client:
            try:
                task = client.create(
                    REQUESTS[self.standard],
                    external_task_id=self.own_id,
                    reuse=reuse,
                    create_timeout=60,
                )
            except Killed:
                event("killed")
            except kling.APIError as error:
                failed = error
                self.judge_error(client, error)
            else:
                event("a task")
                self.judge_task(task)
        if reuse and was_seen and program["looks"] == ["right"]:
            # Only who reaches nobody cannot be told.
            assert not failed or isinstance(failed, kling.APIConnectionError), "it was to be seen"

    def judge_task(self, task):
        assert task.id in {one.id for one in self.service.paid()}, "somebody else's task"

    def judge_error(self, client, error):
        service = self.service
        assert error.not_created != error.may_exist
        if error.task:
            event("an error with the earlier task")
            self.judge_task(error.task)
        if error.not_created:
            event("not created")
            assert not service.paid(service.program), "not_created, and it was paid for"
            # In the words of a relay nobody can tell, where the one look says that the id is free.
            is_free = service.words == REWORDED and service.was_told_free()
            assert not service.was_told_taken() or is_free, "not_created, and taken"
            return
        event("may exist")
        # Nothing is lost: once the service is well the error finds what was paid for.
        if service.paid():
            service.clock.sleep(service.delay)
            service.looks = ["right"]
            assert client.recover(error).id == service.paid()[0].id

    def judge_ledger(self):
        paid = self.service.paid()
        assert len(paid) <= 1, "paid twice"
        if paid and self.own_id:
            # However it went, a last program gets the task, once it is to be seen.
            self.service.clock.sleep(self.service.delay)
            self.service.program += 1
            self.service.creates, self.service.looks = ["ok"], ["right"]
            with Kling(api_key="k", transport=self.service) as client:
                again = client.create(
                    REQUESTS[self.standard], external_task_id=self.own_id, reuse=True
                )
            assert again.id == paid[0].id
            assert self.service.paid() == paid


@pytest.mark.filterwarnings("ignore:.*the request is not checked")
@settings(
    max_examples=SCHEDULES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(schedules())
def test_no_schedule_pays_twice_denies_a_task_or_gives_another_one(plan):
    note(f"the schedule: {plan}")
    run = Run(plan)
    for number, program in enumerate(plan["programs"], start=1):
        run.play(number, program)
    run.judge_ledger()
