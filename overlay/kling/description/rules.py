"""Apply the rules of the description to a request body, and say in words what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from kling._server_text import visible
from kling.description.canonical_form import Canonical
from kling.description.checks import CHECKS
from kling.description.messages import UNKNOWN_FIELD, meant_branch, not_json, plain_problems
from kling.description.operations import Document
from kling.description.spec import Defaults, Spec

if TYPE_CHECKING:
    import jsonschema_rs


Evidence = Literal["live", "documented", "guard"]
"""Why a request is refused; see `Problem.evidence`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a request that Kling would refuse, ignore or do differently."""

    rule: str
    """What is violated.

    - The id of a rule, such as text-to-video.sound-models.
    - unknown-field: the description does not have the field.
    - x-kling-media: a file violates a limit of the description.
    - A keyword of JSON Schema, such as maxLength: a value violates a type or a limit. This is
      called a plain violation below.
    """
    field: str
    """The field with the problem, such as multi_prompt[0].duration; empty for the whole body."""
    message: str
    """What is wrong, and what would be right. It never quotes a prompt or a media value."""
    evidence: Evidence | None = "documented"
    """Why the request is refused.

    - live: a recorded reply of Kling refuses such a request.
    - documented: a page of Kling's documentation says that Kling refuses it. For a plain violation,
      this is the page about the field.
    - guard: Kling would ignore the field. It is refused because it is most likely a typing error.
    - None: the request is not refused; the problem is advice.
    """
    sources: tuple[str, ...] = ()
    """Ids of the sources in `openapi/sources.yaml`; empty for a plain violation and for a file."""

    def __str__(self) -> str:
        where = "" if self.message.startswith(self.field) else f"{self.field}: "
        # A keyword, such as maxLength, adds nothing to the message, and --allow does not accept it.
        # Keywords have only letters; the ids of rules also have points or hyphens.
        tag = "" if self.rule.isalpha() else f" [{self.rule}]"
        return visible(f"{where}{self.message}{tag}")


class Rules:
    """The rules of one schema."""

    def __init__(self, spec: Spec, schema: Document) -> None:
        self._spec = spec
        self._schema = schema

    def canonical(self, body: Any) -> tuple[Any, list[Problem]]:
        """Return a body with the conversions that Kling makes, and advice about each conversion.

        Null and blank strings count as absent, and scalars of another type are converted. Apply
        `problems` to the result, because a value that counts as absent cannot break a rule.
        """
        converted, conversions = self._canonical(body)
        advice = [Problem("type-conversion", field, message) for field, message in conversions]
        return converted, advice

    def problems(self, body: Any) -> list[Problem]:
        """Return every reason why Kling would refuse a body: plain violations first, then rules."""
        impossible = [Problem("type", field_name(path), text) for path, text in not_json(body)]
        if impossible:
            return impossible
        found = _problems(self._validator, self._document, body)
        checked = self._failed_checks(body, self._checked_rules)
        # The ids of rules have a point, and keywords do not.
        plain = [problem for problem in found if "." not in problem.rule]
        broken_rules = [problem for problem in [*found, *checked] if "." in problem.rule]
        # If a field has the wrong type, the message of a rule about it would mislead.
        malformed = {problem.field for problem in plain}
        return [*plain, *(problem for problem in broken_rules if problem.field not in malformed)]

    def are_kept_by(self, body: Any) -> bool:
        """Whether a body has no problems. This is faster than `problems`."""
        return (
            not any(not_json(body))
            and self._validator.is_valid(body)
            and not any(self._failed_checks(body, self._checked_rules))
        )

    def advice(self, body: Any) -> list[Problem]:
        """Return warnings about what Kling would ignore, or treat in a way that is not known."""
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
        return self._validator_document(lambda schema: schema)

    @cached_property
    def _advice_document(self) -> dict[str, Any]:
        return self._validator_document(_advice_view)

    def _validator_document(self, view: Callable[[Document], Document]) -> dict[str, Any]:
        """Return a document for a validator: the schema, and the schemas that it refers to.

        This is about a tenth of the description, so the validator is made faster.

        Args:
            view: gets a schema of the description, and returns the schema for the document.
        """
        schemas: dict[str, Document] = {}
        names = list(_references(self._schema))
        while names:
            name = names.pop()
            if name not in schemas:
                schemas[name] = view(self._spec.schemas[name])
                names.extend(_references(schemas[name]))
        guard = self._spec.document.get("x-kling-guard", {})  # `_explain` quotes it
        return {**self._schema, "components": {"schemas": schemas}, "x-kling-guard": guard}

    @cached_property
    def _validator(self) -> "jsonschema_rs.Validator":
        return _compiled(self._document)

    @cached_property
    def _advisor(self) -> "jsonschema_rs.Validator":
        return _compiled(self._advice_document)

    @cached_property
    def _checked_rules(self) -> list[tuple[str, Problem]]:
        """The rules with a `check`, as (name of the check, problem if the check fails)."""
        found = []
        for rule in self._root.get("allOf", ()):
            tag = rule["x-kling-rule"]
            if "check" in tag:
                found.append((tag["check"], _problem(tag, tag["field"], rule["description"])))
        return found

    @cached_property
    def _checked_advice(self) -> list[tuple[str, Problem]]:
        """The advice with a `check`, as (name of the check, problem if the check fails)."""
        found = []
        for advice in self._root.get("x-kling-advice", ()):
            if "check" in advice:
                tag = _tag_of_advice(advice)
                problem = _problem(tag, advice["field"], advice["description"])
                found.append((advice["check"], problem))
        return found

    @cached_property
    def _defaults(self) -> Defaults:
        return self._spec.defaults(self._root)

    def _failed_checks(self, body: Any, checks: Sequence[tuple[str, Problem]]) -> Iterator[Problem]:
        if checks and isinstance(body, Mapping):
            complete = self._defaults.completed(body)
            for check, problem in checks:
                if not CHECKS[check](complete):
                    yield problem


_OVERRIDE_HINT = 'To let it pass: --allow unknown-field, or allow={"unknown-field"} in Python.'
_UNKNOWN_VALUE = (
    "this value is not in the description: it may be newer than this version of kling, or a "
    "typing error."
)


def _compiled(document: dict[str, Any]) -> "jsonschema_rs.Validator":
    # Imported here, because importing the library takes longer than importing all of kling.
    import jsonschema_rs

    # Without a mask, the errors would quote the body, which may have megabytes of base64.
    return jsonschema_rs.Draft202012Validator(document, mask="the value")


def _problems(validator: "jsonschema_rs.Validator", document: Document, body: Any) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    for error in validator.iter_errors(body):
        for problem in _explain(error, document, body):
            # One plain problem for each field is enough. A wrong type also violates enum.
            scope = problem.rule if "." in problem.rule else "plain"
            found.setdefault((scope, problem.field), problem)
    return list(found.values())


def _explain(
    error: "jsonschema_rs.ValidationError", document: Document, body: Any
) -> Iterator[Problem]:
    """Yield the problems that an error of the validator shows."""
    # Look for the innermost rule on the path of the error, and count the levels below the rule.
    node: Any = document
    rule, levels = None, 0
    for step in error.schema_path:
        node = node[step]
        if isinstance(node, Mapping) and "x-kling-rule" in node:
            rule, levels = node, 0
        elif step in ("properties", "items"):
            levels += 1
    if rule is not None:
        tag = rule["x-kling-rule"]
        # The field of a rule is relative to the object to which the rule applies.
        path = error.instance_path
        parent = path[: len(path) - levels]
        field_path = [*parent, tag["field"]] if tag["field"] else parent
        yield _problem(tag, field_name(field_path), rule["description"])
        return
    branch = meant_branch(error, document)
    if branch:
        for inner in branch:
            yield from _explain(inner, document, body)
        return
    for keyword, field_path, message in plain_problems(error, document, body):
        field = field_name(field_path)
        if keyword == UNKNOWN_FIELD:
            guard = document["x-kling-guard"]
            message = f"{message} {guard.get('description', '')} {_OVERRIDE_HINT}"
            yield Problem(keyword, field, message, "guard", tuple(guard.get("sources", ())))
        else:
            yield Problem(keyword, field, message)


def _problem(tag: Document, field: str, message: str) -> Problem:
    """Return the problem that the tag of a rule or of advice describes."""
    evidence = tag.get("evidence", "documented")
    return Problem(tag["id"], field, message, evidence, tuple(tag.get("sources", ())))


def _tag_of_advice(advice: Document) -> dict[str, Any]:
    """Return a tag for an advice, in the form of the `x-kling-rule` of a rule."""
    return {key: advice[key] for key in ("id", "field", "sources") if key in advice} | _NO_EVIDENCE


_NO_EVIDENCE = {"evidence": None}


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
    """Return a schema that has only the advice of `schema`, as rules that a validator can test."""
    view: dict[str, Any] = {}
    if "$ref" in schema:
        view["$ref"] = schema["$ref"]
    if "properties" in schema:
        properties = schema["properties"].items()
        view["properties"] = {name: _advice_view(node) for name, node in properties}
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
    known = schema.get("x-extensible")  # the known values of a list to which Kling may add others
    if isinstance(known, list):
        tag = {"id": "x-extensible", "field": "", **_NO_EVIDENCE}
        view["allOf"].append({"x-kling-rule": tag, "description": _UNKNOWN_VALUE, "enum": known})
    return view
