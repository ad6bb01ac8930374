"""Compare what a sentence says of models, modes, lengths and other values with what data say."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from scripts.lint.conditions import Axis, Point, Table, rows
from scripts.lint.sentences import Named, Phrase, first_clause, phrases


class DifferenceError(Exception):
    """A sentence and the data differ; the message says what the data say."""


def compare(
    text: str,
    axes: Iterable[Axis],
    table: Table | None,
    listed: Mapping[str, list[frozenset[Any]]],
    subject: str = "",
) -> None:
    """Refuse a sentence that differs from the data.

    Each part of it must name values that are all accepted or all refused, and all parts together
    must name every such value. What the table does not tell apart is compared with the values
    that the data list for a field. A sentence that names no value of a field says nothing of it.

    Raises:
        DifferenceError: it does.
    """
    known = tuple(axes)
    said = phrases(text, known, subject)
    for axis in known:
        for phrase in said:
            if stray := phrase.named.get(axis.field, frozenset()) - set(axis.values):
                raise DifferenceError(f"{axis.name} has no value {_list(stray)}")
    told: set[str] = set()
    if table is not None and len(set(table.outcomes.values())) > 1:
        _compare_with_table(said, table, judged=True)
        told = {axis.field for axis in table.axes}
    for axis in known:
        part = _of_entries(text, axis, known) if "[]" in axis.field else text
        named = phrases(part, (axis,), subject)
        if axis.field not in told and any(one.named for one in named):
            values = _told_apart(axis, listed[axis.field])
            alone = Table((axis,), {(value,): value in values for value in axis.values})
            _compare_with_table(named, alone, judged=False)


def _compare_with_table(said: list[Phrase], table: Table, *, judged: bool) -> None:
    subject = _subject(table)
    _compare_subject(said, table, subject)
    table = _with_stated_switches(said, table)
    covered: dict[bool | None, set[Point]] = defaultdict(set)
    earlier: set[Any] = set()
    first: dict[int, Named] = {}
    for phrase in said:
        named = _inside(phrase, table, subject, earlier)
        earlier.update(*phrase.named.values())
        begin = first.setdefault(phrase.clause, named)
        if all(values == subject.get(field) for field, values in named.items()):
            continue
        region = _region(table, named)
        if len({table.outcomes[point] for point in region}) > 1:
            region = _region(table, begin | named)
        outcomes = {table.outcomes[point] for point in region}
        accepts = phrase.accepts(named)
        is_wrong = accepts is not None and (True in outcomes) != accepts
        if len(outcomes) > 1 or (judged and outcomes and is_wrong):
            raise DifferenceError(_said_by(table, outcome=True))
        if not phrase.others:
            for outcome in outcomes:
                covered[outcome] |= region
    for outcome in (True, False, None):
        if outcome not in covered:
            continue
        if covered[outcome] != {one for one, of in table.outcomes.items() if of is outcome}:
            raise DifferenceError(_said_by(table, outcome=outcome))
        if outcome:
            # A sentence that names all that is accepted may name only some of the rest.
            return


def _told_apart(axis: Axis, lists: list[frozenset[Any]]) -> frozenset[Any]:
    """Return the values of all lists; those about entries are the same, or have none in common."""
    for one, other in combinations(lists if "[]" in axis.field else [], 2):
        if one & other and one != other:
            raise DifferenceError(f"the data list both {_list(one)} and {_list(other)}")
    return frozenset().union(*lists)


def _of_entries(text: str, entries: Axis, axes: Iterable[Axis]) -> str:
    """Return what a text says of the entries of a list: another field may have the same values."""
    others = "|".join(axis.name for axis in axes if axis != entries)
    stated = rf"\b(?:{others}) (?:must be|should be|is) [\w\"]+" if others else r"(?!)"
    return re.sub(stated, "", first_clause(text))


def _subject(table: Table) -> Named:
    """Return the values of the fields that the `if` of a rule narrows."""
    there = {axis: {one[n] for one in table.outcomes} for n, axis in enumerate(table.axes)}
    return {
        axis.field: frozenset(values)
        for axis, values in there.items()
        if values != set(axis.values)
    }


def _compare_subject(said: list[Phrase], table: Table, subject: Named) -> None:
    for axis in table.axes:
        if (inside := subject.get(axis.field)) is None:
            continue
        named = [phrase.named[axis.field] for phrase in said if axis.field in phrase.named]
        outside = set().union(*(values for values in named if not values & inside))
        about = set().union(*(values & inside for values in named))
        needs = [one.named[axis.field] for one in said if one.is_need and axis.field in one.named]
        if any(not values & inside for values in needs):
            raise DifferenceError(f"the data are about {axis.name} {_list(inside)}")
        if about not in (set(), inside) or outside not in (set(), set(axis.values) - inside):
            raise DifferenceError(f"the data are about {axis.name} {_list(inside)}")


def _with_stated_switches(said: list[Phrase], table: Table) -> Table:
    """Return the part of a table for the one state of a switch that the sentence is about."""
    for axis in table.axes:
        states = set().union(*(phrase.named.get(axis.field, frozenset()) for phrase in said))
        rest = any(one.field != axis.field for phrase in said for one in _axes_of(phrase, table))
        if set(axis.values) == {False, True} and len(states) == 1 and rest:
            table = table.having(axis.field, *states)
    if not table.outcomes:
        raise DifferenceError("the data are about another state of the switch")
    return table


def _axes_of(phrase: Phrase, table: Table) -> list[Axis]:
    return [axis for axis in table.axes if axis.field in phrase.named]


def _inside(phrase: Phrase, table: Table, subject: Named, earlier: set[Any]) -> Named:
    named = {}
    for axis in table.axes:
        values = phrase.named.get(axis.field, frozenset())
        if phrase.others and axis.has_models:
            values = frozenset(axis.values) - earlier
        if inside := values & subject.get(axis.field, values):
            named[axis.field] = inside
    return named


def _region(table: Table, named: Named) -> set[Point]:
    wanted = [named.get(axis.field) for axis in table.axes]
    return {
        point
        for point in table.outcomes
        if all(values is None or one in values for one, values in zip(point, wanted, strict=True))
    }


def _said_by(table: Table, *, outcome: bool | None) -> str:
    points = [point for point, of in table.outcomes.items() if of is outcome]
    told = [
        " with ".join(f"{name} {_list(values)}" for name, values in row.items()) or "everything"
        for row in rows(points, table.axes)
    ]
    return f"the data {'accept' if outcome else 'do not accept'} {', or '.join(told) or 'nothing'}"


def _list(values: Iterable[Any]) -> str:
    *most, last = [str(value) for value in sorted(values, key=_order)] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


def _order(value: Any) -> tuple[int, str]:
    text = str(value)
    return (int(text), "") if text.isdecimal() else (0, text)
