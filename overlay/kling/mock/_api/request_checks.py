"""Checks the path, the parameters and the body of a request, according to the description."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from kling.description import Document, Operation, Problem, Spec, parted, words_on
from kling.mock._api.lenient_bodies import without_unknown
from kling.mock._api.routes import KnownOperation, Route
from kling.mock._api.settings import Settings
from kling.mock._exchange import Call, Refused


class RequestChecks:
    """Accepts requests as Kling would, or refuses them.

    Args:
        spec: the description.
        settings: how strictly requests are checked.
    """

    def __init__(self, spec: Spec, settings: Settings) -> None:
        self._spec = spec
        self._settings = settings

    def parameters(
        self, known: KnownOperation, in_path: Mapping[str, str], query: str
    ) -> dict[str, Any]:
        """Return the parameters of a call, with their defaults.

        Raises:
            Refused: a parameter is wrong.
        """
        if not known.parameters:
            return {}
        in_query = {
            name: _single_or_list(values)
            for name, values in parse_qs(query, keep_blank_values=True).items()
        }
        sent = {**in_query, **in_path}
        values = {
            name: _converted(sent[name], one["schema"])
            for name, one in known.parameters.items()
            if name in sent
        }
        if problems := known.parameter_rules.problems(values):
            schema = self._spec.parameter_schema(known.operation)
            _refuse(self._spec, known, schema, problems, values, known.parameter_code)
        return {**known.defaults, **values}

    def body(
        self, known: KnownOperation, body: Any, notes: list[str], failures: list[str]
    ) -> dict[str, Any]:
        """Return a body as Kling reads it.

        Args:
            known: the operation.
            body: the body of the request.
            notes: the notes of the reply. This method adds what it interpreted, and which broken
                rules it allowed.
            failures: why the task will fail. This method adds the message of each broken rule that
                it allowed.

        Raises:
            Refused: a rule is broken.
        """
        if self._settings.lenient:
            body, unknown = without_unknown(self._spec, known.body_schema, body)
            notes += unknown
        refuse = partial(_refuse, self._spec, known, known.body_schema)
        if self._settings.exact:
            # Null, blank strings and wrong types are refused before anything is converted.
            refuse(parted(known.body_rules.problems(body), self._settings.allow)[0], body, 1201)
        interpreted, converted = known.body_rules.canonical(body)
        refused, overruled = parted(known.body_rules.problems(interpreted), self._settings.allow)
        refuse(refused, interpreted, 1201)
        # Rules with the evidence "guard" are about fields that Kling ignores. So breaking them does
        # not make the task fail.
        failures += [
            words_on(self._spec, known.operation, known.body_schema, problem, interpreted)
            or problem.message
            for problem in overruled
            if problem.evidence != "guard"
        ]
        notes += [f"The rule {one.rule} is broken, but was allowed." for one in overruled]
        if not self._settings.exact:
            notes += map(str, converted)
        result: dict[str, Any] = interpreted
        return result

    def refuse_retired(self, operation: Operation, body: Document, now: float) -> None:
        """Refuse a body with a value, such as a model, that is retired at `now` (Unix seconds)."""
        ends = self._spec.retirements(operation.request, body) if operation.request else ()
        for field, value, end in ends:
            if self._today(now) >= end:
                explanation = f"{field} {value} was retired on {end}"
                # For other values, such as scenes, Kling's message is not known.
                event = "retired-model" if field == "model_name" else ""
                raise Refused(1203, explanation, event=event, value=value)

    def refuse_closed(self, operation: Operation, now: float) -> None:
        """Refuse an operation that is closed at `now` (Unix seconds)."""
        if operation.closed and self._today(now) >= operation.closed:
            explanation = f"{operation.method} {operation.path} was closed on {operation.closed}"
            raise Refused(1203, explanation, event="closed")

    def _today(self, now: float) -> date:
        return self._settings.as_of or datetime.fromtimestamp(now, UTC).date()


def operation_of(call: Call, route: Route) -> KnownOperation:
    """Return the operation of a call.

    Raises:
        Refused: no operation has the path and the method of the call.
    """
    if route.known:
        return route.known
    if route.path_exists:
        raise Refused(1202, f"{call.method} is not a method of {call.path}")
    explanation = f"there is no path {call.path}"
    if route.similar:
        hint = f"{explanation}; the similar paths are {', '.join(route.similar)}"
        raise Refused(1201, hint, event="unknown-model")
    raise Refused(1203, explanation, event="unknown-path")


def _refuse(
    spec: Spec,
    known: KnownOperation,
    schema: Document,
    problems: list[Problem],
    value: Any,
    code: int,
) -> None:
    """Refuse a value if it has problems, with the first message of Kling's that is known."""
    if problems:
        # A rule may be broken in several places, but its id is listed once.
        rules = ", ".join(dict.fromkeys(problem.rule for problem in problems))
        messages = (words_on(spec, known.operation, schema, one, value) for one in problems)
        explanation = " ".join(map(str, problems))
        raise Refused(code, explanation, rules, kling_message=next(filter(None, messages), ""))


def _single_or_list(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def _converted(value: Any, schema: Document) -> Any:
    """Convert a parameter, which arrives as text, to the type in the description."""
    if schema["type"] == "array" and isinstance(value, str):
        return value.split(",")
    is_integer = schema["type"] == "integer" and isinstance(value, str)
    return int(value) if is_integer and re.fullmatch(r"-?[0-9]{1,30}", value) else value
