"""House rules for the creates of tasks: what they make and cost, their links and examples."""

import re
from collections.abc import Iterator

from scripts.build.bundle import Document
from scripts.lint.view import File, Findings, rule
from scripts.lint.walk import mapping

_TASK_KEYS = {"output": str, "external_id": bool, "slots": int, "package": str}
_MONEY = re.compile(r"\b(?:prices?|costs?|pay|paid|charged|[Uu]nits)\b")


@rule
def creates_say_what_they_make(file: File) -> Findings:
    """Give each create of a task x-kling-task: {output, external_id, slots, package}.

    slots is a number, or the name of the field of the body that has the number. If Kling sends
    callbacks only when the task has ended, add `callbacks: ended`.
    """
    for operation in file.operations:
        if operation.creates_task:
            task = mapping(operation.body.get("x-kling-task"))
            shape = {key: type(value) for key, value in task.items()}
            if shape.get("slots") is str:
                bodies = [file.merged(schema) for schema in operation.request_schemas]
                if not any(task["slots"] in mapping(body.get("properties")) for body in bodies):
                    yield operation.place, f"{task['slots']} is not a field of the body"
                shape["slots"] = int  # the name of a field is as good as a number
            shape.pop("product", None)  # optional: the product, if it is not that of the package
            if shape.pop("callbacks", None) and task["callbacks"] != "ended":
                yield operation.place, "callbacks of x-kling-task can only be ended"
            if shape != _TASK_KEYS:
                keys = "{output, external_id, slots, package}"
                yield operation.place, f"x-kling-task must be {keys}"


@rule
def creates_speak_of_money(file: File) -> Findings:
    """Say in the description of a create of a task what it costs, or what the price depends on.

    A user who reads only this description should know that a mistake costs money.
    """
    for operation in file.operations:
        text = str(operation.body.get("description", ""))
        if operation.creates_task and not _MONEY.search(text):
            yield operation.place, "the description does not mention the price"


@rule
def creates_lead_to_their_task(file: File) -> Findings:
    """Each create of a task needs callbacks and, in response 200, a link to the query of the task.

    The query is in the same file or, for by-model/ and solutions/, in the same folder. The fuzzer
    follows the links.
    """
    known = {operation.id for operation in file.operations}
    if file.is_current:
        folder = file.path.parts[0]
        files = [other for other in file.whole.files if other.path.parts[0] == folder]
        known = {operation.id for other in files for operation in other.operations}
    for operation in file.operations:
        if not operation.creates_task:
            continue
        if not mapping(operation.body.get("callbacks")):
            yield operation.place, "callbacks are missing"
        reply = mapping(mapping(operation.body.get("responses")).get("200"))
        links = mapping(reply.get("links")).values()
        targets = [str(mapping(link).get("operationId")) for link in links]
        if not any(target in known and target.startswith("get") for target in targets):
            yield operation.place, "the response 200 has no link to the query of the task"


@rule
def creates_have_examples(file: File) -> Findings:
    """Give each create of a task the examples minimal and full.

    The examples must not use retired values. A field that is left out counts as its default, which
    may be retired too. Retired values are allowed in deprecated creates, and in Kling's own
    examples, whose names begin with official.
    """
    for operation in file.operations:
        if not operation.creates_task:
            continue
        contents = mapping(mapping(operation.body.get("requestBody")).get("content"))
        for media in list(contents.values()) or [{}]:
            examples = mapping(mapping(media).get("examples"))
            for name in ("minimal", "full"):
                if name not in examples:
                    yield operation.place, f"the example {name} is missing"
            schema = file.merged(mapping(mapping(media).get("schema")))
            for name, example in examples.items():
                value = mapping(mapping(example).get("value"))
                if not (str(name).startswith("official") or operation.body.get("deprecated")):
                    for field in _retired_fields(file, schema, value):
                        yield operation.place, f"the example {name} uses a retired {field}"


def _retired_fields(file: File, schema: Document, value: Document) -> Iterator[str]:
    for field, property_ in mapping(schema.get("properties")).items():
        merged = file.merged(mapping(property_))
        given = value.get(field, merged.get("x-kling-default"))
        if str(given) in mapping(merged.get("x-kling-retired")):
            yield field
