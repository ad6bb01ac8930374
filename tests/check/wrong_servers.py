"""Servers that differ from Kling in one way each, and what a check must say of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gateway import DAY, Answer, Asked, Fault, Forward, refusal
from kling.check import Finding, Kind

TEXT, TURBO = "text_to_video", "kling_30_turbo_text_to_video"


@dataclass(frozen=True)
class WrongServer:
    """A fault, and the finding that names it."""

    name: str
    fault: Fault
    kind: Kind | None
    """None where nobody knows what Kling does, so that it is not judged but told."""
    part: str
    place: str
    """What the place of the finding contains."""
    family: str = TEXT
    only: tuple[str, ...] = ()
    """The families to look at, if they are others than that of the finding."""
    signs: bool = True
    """Whether it signs its callbacks."""
    day: date = DAY
    """The day on which it is checked; it behaves as on that of `DAY`."""

    def is_named_by(self, finding: Finding) -> bool:
        """Whether a finding says what is wrong with it."""
        return (
            finding.kind is self.kind
            and finding.part == self.part
            and finding.family in (self.family, "")
            and self.place in finding.place
        )


WRONG: list[WrongServer] = []


def wrong(kind: Kind | None, part: str, place: str = "", **fields: Any) -> Callable[[Fault], Fault]:
    """Put a fault into the list, with what a check must say of it."""

    def listed(fault: Fault) -> Fault:
        WRONG.append(WrongServer(fault.__name__, fault, kind, part, place, **fields))
        return fault

    return listed


# Wrong requests are accepted


@wrong(Kind.ACCEPTED, "refusals", "text-to-video.sound-models")
def takes_sound_where_the_model_has_none(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    return forward(asked.without("sound")) if "sound-models" in answer.broken else answer


@wrong(Kind.ACCEPTED, "refusals", "text-to-video.")
def takes_any_combination(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    return forward(asked.saying(_stock(asked))) if "." in answer.broken else answer


@wrong(None, "types", "prompt")
def takes_a_character_too_many(asked: Asked, forward: Forward) -> Answer:
    prompt = asked.body.get("prompt") if asked.verb == "create" else None
    if isinstance(prompt, str) and len(prompt) == 2501:
        return forward(asked.saying(asked.body | {"prompt": prompt[:-1]}))
    return forward(asked)


@wrong(Kind.ACCEPTED, "types", "prompt")
def takes_a_list_for_a_text(asked: Asked, forward: Forward) -> Answer:
    prompt = asked.body.get("prompt") if asked.verb == "create" else None
    if isinstance(prompt, list | dict):
        return forward(asked.saying(asked.body | {"prompt": str(prompt)}))
    return forward(asked)


@wrong(Kind.ACCEPTED, "stories", "pageSize")
def takes_a_page_too_large(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    refused = asked.verb == "list" and answer.status == 400
    return forward(replace(asked, query="")) if refused else answer


@wrong(Kind.ACCEPTED, "stories", "external_task_id")
def takes_an_own_id_twice(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    own = asked.body.get("external_task_id")
    again = own and answer.status == 400 and "already exists" in answer.body["message"]
    return forward(asked.without("external_task_id")) if again else answer


# Valid requests are refused


@wrong(Kind.REFUSED, "acceptances", "text-to-video")
def refuses_the_mode_pro(asked: Asked, forward: Forward) -> Answer:
    pro = asked.verb == "create" and asked.body.get("mode") == "pro"
    return refusal(400, 1201) if pro else forward(asked)


@wrong(Kind.REFUSED, "acceptances", "text-to-video")
def refuses_the_longest_prompt(asked: Asked, forward: Forward) -> Answer:
    prompt = asked.body.get("prompt") if asked.verb == "create" else ""
    too_long = isinstance(prompt, str) and len(prompt) >= 2500
    return refusal(400, 1201) if too_long else forward(asked)


@wrong(Kind.REFUSED, "stories", "getTasks", family=TURBO)
def has_no_search_for_tasks(asked: Asked, forward: Forward) -> Answer:
    return refusal(404, 1203) if asked.path == "/tasks" else forward(asked)


# Wrong statuses and codes


@wrong(Kind.STATUS, "replies", "responses")
def answers_a_create_with_201(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    made = asked.verb == "create" and answer.status == 200
    return replace(answer, status=201) if made else answer


@wrong(Kind.STATUS, "refusals", "")
def refuses_with_status_200(asked: Asked, forward: Forward) -> Answer:
    return replace(forward(asked), status=200)


@wrong(Kind.STATUS, "refusals", "")
def falls_over_a_wrong_request(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    fallen = Answer(500, {"content-type": "text/html"}, b"<h1>Internal Server Error</h1>")
    return fallen if answer.status == 400 else answer


@wrong(Kind.CODE, "refusals", "")
def refuses_with_1203(asked: Asked, forward: Forward) -> Answer:
    return _with_code(forward(asked), 1201, 1203)


@wrong(Kind.CODE, "refusals", "")
def refuses_with_1303(asked: Asked, forward: Forward) -> Answer:
    return _with_code(forward(asked), 1201, 1303)


@wrong(Kind.CODE, "credentials", "security")
def says_of_a_bad_key_that_it_has_expired(asked: Asked, forward: Forward) -> Answer:
    return _with_code(forward(asked), 1002, 1004)


# Credentials


@wrong(Kind.UNAUTHORIZED, "credentials", "security")
def asks_for_no_credentials(asked: Asked, forward: Forward) -> Answer:
    return forward(_authorized(asked))


@wrong(Kind.UNAUTHORIZED, "credentials", "security")
def takes_every_token(asked: Asked, forward: Forward) -> Answer:
    is_token = asked.headers.get("authorization", "").count(".") == 2
    return forward(_authorized(asked) if is_token else asked)


# Replies


@wrong(Kind.REPLY, "replies", "task_id")
def leaves_out_the_id(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    return answer.with_tasks(_without("task_id")) if asked.verb == "create" else answer


@wrong(Kind.REPLY, "replies", "task_status")
def leaves_out_the_status(asked: Asked, forward: Forward) -> Answer:
    return forward(asked).with_tasks(_without("task_status"))


@wrong(Kind.REPLY, "replies", "created_at")
def tells_the_time_as_text(asked: Asked, forward: Forward) -> Answer:
    return forward(asked).with_tasks(
        lambda task: (
            task | {"created_at": str(task["created_at"])} if "created_at" in task else task
        )
    )


@wrong(Kind.REPLY, "replies", "task_status_msg")
def says_null_for_no_message(asked: Asked, forward: Forward) -> Answer:
    return forward(asked).with_tasks(
        lambda task: task | {"task_status_msg": None} if "task_status_msg" in task else task
    )


@wrong(Kind.REPLY, "replies", "status", family=TURBO)
def has_a_status_of_its_own(asked: Asked, forward: Forward) -> Answer:
    return forward(asked).with_tasks(
        lambda task: task | {"status": "queued"} if task.get("status") == "submitted" else task
    )


@wrong(Kind.REPLY, "replies", "body")
def writes_on_after_the_json(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    return (
        replace(answer, content=answer.content + b"\n<!-- 0.2 s -->") if answer.is_json else answer
    )


@wrong(Kind.REPLY, "replies", "Reply: the whole body")
def puts_the_json_into_a_list(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    return replace(answer, content=b"[" + answer.content + b"]") if answer.is_json else answer


@wrong(Kind.REPLY, "replies", "Content-Type")
def calls_its_json_text(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    if not answer.is_json:
        return answer
    return replace(answer, headers=dict(answer.headers) | {"content-type": "text/html"})


# Tasks


@wrong(Kind.TASK, "stories", "an existing task")
def forgets_every_task(asked: Asked, forward: Forward) -> Answer:
    missing = asked.verb == "get" and asked.path.startswith("/v1/")
    path = f"{asked.path.rpartition('/')[0]}/unknown"
    return forward(replace(asked, path=path) if missing else asked)


@wrong(Kind.TASK, "stories", "getTasks", family=TURBO)
def forgets_every_task_of_the_current_standard(asked: Asked, forward: Forward) -> Answer:
    missing = asked.verb == "get" and asked.path == "/tasks"
    return forward(replace(asked, query="task_ids=1") if missing else asked)


@wrong(Kind.TASK, "stories", "a task by its id")
def answers_with_another_task(asked: Asked, forward: Forward) -> Answer:
    if asked.verb != "get" or not asked.path.startswith("/v1/"):
        return forward(asked)
    path, _, _ = asked.path.rpartition("/")
    listed = forward(replace(asked, path=path, query="pageNum=1&pageSize=500")).data
    first = listed[-1]["task_id"] if listed else "0"
    answer = forward(asked)
    return forward(replace(asked, path=f"{path}/{first}")) if answer.status == 200 else answer


@wrong(Kind.TASK, "stories", "of another family", only=(TEXT, "image_to_video"))
def knows_the_tasks_of_other_families(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    if asked.verb != "get" or not asked.path.startswith("/v1/") or answer.status != 400:
        return answer
    last = asked.path.rpartition("/")[2]
    others = (
        "videos/text2video",
        "videos/image2video",
        "images/generations",
        "audio/text-to-audio",
    )
    tried = (forward(replace(asked, path=f"/v1/{path}/{last}")) for path in others)
    return next((other for other in tried if other.status == 200), answer)


@wrong(Kind.TASK, "stories", "by its external_task_id")
def does_not_find_a_task_by_its_own_id(asked: Asked, forward: Forward) -> Answer:
    own = asked.verb == "get" and not asked.path.rpartition("/")[2].isdecimal()
    path = f"{asked.path.rpartition('/')[0]}/unknown"
    return forward(replace(asked, path=path) if own and asked.path.startswith("/v1/") else asked)


@wrong(Kind.TASK, "stories", "external_task_id")
def swaps_own_ids(asked: Asked, forward: Forward) -> Answer:
    text = forward(asked)
    return text.with_tasks(
        lambda task: (
            task | {"task_info": {"external_task_id": "mine"}}
            if task.get("task_info", {}).get("external_task_id")
            else task
        )
    )


@wrong(Kind.TASK, "stories", "an existing task")
def rounds_ids(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    if asked.verb != "create":
        return answer
    # As a program does that reads them as numbers of JavaScript.
    return answer.with_tasks(lambda task: task | {"task_id": str(round(int(task["task_id"]), -3))})


# Results


@wrong(Kind.OUTPUT, "stories", "the results of a task")
def has_no_outputs(asked: Asked, forward: Forward) -> Answer:
    return forward(asked).with_tasks(_without("task_result", "outputs"))


@wrong(Kind.OUTPUT, "stories", "url")
def has_lost_its_files(asked: Asked, forward: Forward) -> Answer:
    return refusal(404, 1203) if asked.path.startswith("/files/") else forward(asked)


@wrong(Kind.OUTPUT, "stories", "url")
def has_empty_files(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    return replace(answer, content=b"") if asked.path.startswith("/files/") else answer


# Lists


@wrong(Kind.LIST, "stories", "pageSize")
def has_two_on_every_page(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    if asked.verb != "list" or not isinstance(answer.data, list):
        return answer
    return forward(replace(asked, query="pageNum=1&pageSize=2"))


@wrong(Kind.LIST, "stories", "pageNum")
def has_only_the_first_page(asked: Asked, forward: Forward) -> Answer:
    query = "&".join(
        "pageNum=1" if part.startswith("pageNum=") else part for part in asked.query.split("&")
    )
    valid = asked.verb == "list" and forward(asked).status == 200
    return forward(replace(asked, query=query) if valid else asked)


@wrong(Kind.LIST, "stories", "order")
def lists_the_oldest_first(asked: Asked, forward: Forward) -> Answer:
    answer = forward(asked)
    if asked.verb != "list" or not isinstance(answer.data, list):
        return answer
    return answer.saying({**answer.body, "data": answer.data[::-1]})


# Callbacks


@wrong(Kind.CALLBACK, "callbacks", "callback")
def never_calls_back(asked: Asked, forward: Forward) -> Answer:
    return forward(asked.without("callback_url") if asked.verb == "create" else asked)


# What is wrong with the mock behind them, and not with what they do


def right(asked: Asked, forward: Forward) -> Answer:
    """Answer as Kling does."""
    return forward(asked)


WRONG += [
    WrongServer("signs_no_callback", right, Kind.CALLBACK, "callbacks", "signature", signs=False),
    WrongServer(
        "takes_a_retired_model",
        right,
        Kind.ACCEPTED,
        "acceptances",
        "model_name kling-v1, retired on 2026-09-15",
        day=date(2026, 10, 1),
    ),
]


def _authorized(asked: Asked) -> Asked:
    return replace(asked, headers=dict(asked.headers) | {"authorization": "Bearer mock-api-key"})


def _stock(asked: Asked) -> Any:
    """Return a body that breaks no rule: a text alone is one for text to video."""
    kept = {name: asked.body[name] for name in ("external_task_id",) if name in asked.body}
    return {"model_name": "kling-v2-6", "prompt": "A fox", **kept}


def _with_code(answer: Answer, old: int, new: int) -> Answer:
    if not answer.is_json or answer.body.get("code") != old:
        return answer
    return answer.saying(answer.body | {"code": new})


def _without(*names: str) -> Callable[[Any], Any]:
    return lambda task: {name: value for name, value in task.items() if name not in names}
