"""Run the rules of the description over a request body, and say in words what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from kling._server_text import visible
from kling.description.canonical_form import Canonical
from kling.description.checks import CHECKS
from kling.description.messages import UNKNOWN_FIELD, meant_branch, not_json, plain_problems
from kling.description.spec import Defaults, Document, Spec

if TYPE_CHECKING:
    import jsonschema_rs


Evidence = Literal["live", "documented", "guard"]
"""Why a request is refused; see `Problem.evidence`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a request that Kling would refuse, or would not do as asked."""

    rule: str
    """Id of the rule, such as text-to-video.sound-models; unknown-field for a field that the
    description does not know; a JSON Schema keyword for a plain violation of a type or limit, such
    as maxLength; x-kling-media for a file."""
    field: str
    """The field at fault, such as multi_prompt[0].duration; empty for the body as a whole."""
    message: str
    """What is wrong, and what would be right. Never shows a prompt or a media value."""
    evidence: Evidence | None = "documented"
    """Why it is refused. live: somebody recorded that Kling refuses it. documented: a page of
    Kling's says so; of a plain violation that is the page of the field. guard: Kling would ignore
    it, and it is refused because it is most likely a typing error. None: it is advice, which
    refuses nothing."""
    sources: tuple[str, ...] = ()
    """Ids of `openapi/sources.yaml` that say so; empty for a plain violation and for a file."""

    def __str__(self) -> str:
        where = "" if self.message.startswith(self.field) else f"{self.field}: "
        # The name of a schema keyword, such as maxLength, adds nothing to the message, and --allow
        # does not accept it.
        tag = "" if self.rule.isalpha() else f" [{self.rule}]"
        return visible(f"{where}{self.message}{tag}")


class Rules:
    """What one schema asks of a value."""

    def __init__(self, spec: Spec, schema: Document) -> None:
        self._spec = spec
        self._schema = schema

    def canonical(self, body: Any) -> tuple[Any, list[Problem]]:
        """Return a body as Kling reads it, and advice on each value that this converted.

        Null and blank text count as absent, and a number, string or boolean as what belongs there.
        Judge the result: the rules ask nothing of a value that does not count.
        """
        read, conversions = self._canonical(body)
        return read, [Problem("type-conversion", *one) for one in conversions]

    def problems(self, body: Any) -> list[Problem]:
        """Return everything that Kling would refuse: plain violations first, then every rule."""
        if impossible := [Problem("type", field_name(path), text) for path, text in not_json(body)]:
            return impossible
        found = _problems(self._validator, self._document, body)
        checked = self._failed_checks(body, self._checked_rules)
        plain = [problem for problem in found if "." not in problem.rule]
        malformed = {problem.field for problem in plain}
        # Of a field that has the wrong type a rule cannot say anything true.
        rules = (problem for problem in [*found, *checked] if "." in problem.rule)
        return [*plain, *(problem for problem in rules if problem.field not in malformed)]

    def are_kept_by(self, body: Any) -> bool:
        """Whether there are no problems, which is known sooner than what they are."""
        return (
            not any(not_json(body))
            and self._validator.is_valid(body)
            and not any(self._failed_checks(body, self._checked_rules))
        )

    def advice(self, body: Any) -> list[Problem]:
        """Return what Kling would accept, but ignore or treat in a way that is not known."""
        if not isinstance(body, Mapping):
            return []
        found = _problems(self._advisor, self._advice_document, body)
        return [*found, *self._failed_checks(body, self._checked_advice)]

    @cached_property
    def _canonical(self) -> Canonical:
        return Canonical(self._spec.document, self._schema)

    @cached_property
    def _root(self) -> Document:
        return self._spec.resolve(self._schema)

    @cached_property
    def _document(self) -> dict[str, Any]:
        return self._whole(lambda schema: schema)

    @cached_property
    def _advice_document(self) -> dict[str, Any]:
        return self._whole(_advice_view)

    def _whole(self, view: Callable[[Document], Document]) -> dict[str, Any]:
        """Return the schema with views of the schemas that it reaches, a tenth of them all."""
        schemas: dict[str, Document] = {}
        names = list(_references(self._schema))
        while names:
            if (name := names.pop()) not in schemas:
                schemas[name] = view(self._spec.schemas[name])
                names.extend(_references(schemas[name]))
        guard = self._spec.document.get("x-kling-guard", {})
        return {**self._schema, "components": {"schemas": schemas}, "x-kling-guard": guard}

    @cached_property
    def _validator(self) -> "jsonschema_rs.Validator":
        return _compiled(self._document)

    @cached_property
    def _advisor(self) -> "jsonschema_rs.Validator":
        return _compiled(self._advice_document)

    @cached_property
    def _checked_rules(self) -> list[tuple[str, Problem]]:
        return [
            (tag["check"], _problem(tag, tag["field"], rule["description"]))
            for rule in self._root.get("allOf", ())
            if "check" in (tag := rule["x-kling-rule"])
        ]

    @cached_property
    def _checked_advice(self) -> list[tuple[str, Problem]]:
        return [
            (
                advice["check"],
                _problem(_tag_of_advice(advice), advice["field"], advice["description"]),
            )
            for advice in self._root.get("x-kling-advice", ())
            if "check" in advice
        ]

    @cached_property
    def _defaults(self) -> Defaults:
        return self._spec.defaults(self._root)

    def _failed_checks(self, body: Any, checks: Sequence[tuple[str, Problem]]) -> Iterator[Problem]:
        if checks and isinstance(body, Mapping):
            complete = self._defaults.completed(body)
            for check, problem in checks:
                if not CHECKS[check](complete):
                    yield problem


_WAYS_OUT = 'To let it pass: --allow unknown-field, or allow={"unknown-field"} in Python.'
_UNKNOWN = "this value is not among the known ones: it may be newer, or a slip of the pen."


def _compiled(document: dict[str, Any]) -> "jsonschema_rs.Validator":
    # Only here, for the library takes longer to import than all of kling.
    import jsonschema_rs

    # Its own messages quote the body, which may hold megabytes of base64.
    return jsonschema_rs.Draft202012Validator(document, mask="the value")


def _problems(validator: "jsonschema_rs.Validator", document: Document, body: Any) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    for error in validator.iter_errors(body):
        for problem in _explain(error, document, body):
            # One plain problem a field: what has the wrong type breaks its enum as well.
            scope = problem.rule if "." in problem.rule else "plain"
            found.setdefault((scope, problem.field), problem)
    return list(found.values())


def _explain(
    error: "jsonschema_rs.ValidationError", document: Document, body: Any
) -> Iterator[Problem]:
    path, steps = error.instance_path, error.schema_path
    node: Any = document
    rule, inside = None, 0
    for step in steps:
        node = node[step]
        if isinstance(node, Mapping) and "x-kling-rule" in node:
            rule, inside = node, 0
        elif step in ("properties", "items"):
            inside += 1
    if rule is None and (meant := meant_branch(error, document)):
        for inner in meant:
            yield from _explain(inner, document, body)
    elif rule is None:
        for keyword, field_path, message in plain_problems(error, document, body):
            field = field_name(field_path)
            if keyword == UNKNOWN_FIELD:
                guard = document["x-kling-guard"]
                message = f"{message} {guard.get('description', '')} {_WAYS_OUT}"
                yield Problem(keyword, field, message, "guard", tuple(guard.get("sources", ())))
            else:
                yield Problem(keyword, field, message)
    else:
        tag = rule["x-kling-rule"]
        holder = path[: len(path) - inside]
        at_fault = [*holder, tag["field"]] if tag["field"] else holder
        yield _problem(tag, field_name(at_fault), rule["description"])


def _problem(tag: Document, field: str, message: str) -> Problem:
    """Return a breach of the rule or the advice that a tag stands for."""
    evidence = tag.get("evidence", "documented")
    return Problem(tag["id"], field, message, evidence, tuple(tag.get("sources", ())))


def _tag_of_advice(advice: Document) -> dict[str, Any]:
    """Return the tag that advice would have as a rule."""
    return {key: advice[key] for key in ("id", "field", "sources") if key in advice} | _ADVICE


_ADVICE = {"evidence": None}


def field_name(path: Sequence[str | int]) -> str:
    """Return a path as users write it, such as multi_prompt[0].duration."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _references(node: Any) -> Iterator[str]:
    """Yield the name of each schema that a node refers to."""
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield node["$ref"].split("/")[3]
        node = node.values()
    elif not isinstance(node, list):
        return
    for inner in node:
        yield from _references(inner)


def _advice_view(schema: Document) -> Document:
    """Return a schema that only the advice of `schema` can violate, found as rules are."""
    view: dict[str, Any] = {k: schema[k] for k in ("$ref",) if k in schema}
    if "properties" in schema:
        view["properties"] = {k: _advice_view(v) for k, v in schema["properties"].items()}
    if "items" in schema:
        view["items"] = _advice_view(schema["items"])
    view["allOf"] = [
        {
            "x-kling-rule": _tag_of_advice(advice),
            "description": advice["description"],
            **advice["schema"],
        }
        for advice in schema.get("x-kling-advice", ())
        if "schema" in advice
    ]
    if isinstance(known := schema.get("x-extensible"), list):
        tag = {"id": "x-extensible", "field": "", **_ADVICE}
        view["allOf"].append({"x-kling-rule": tag, "description": _UNKNOWN, "enum": known})
    return view
