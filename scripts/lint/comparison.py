"""Compare sentences about models, modes, lengths and other values with the data."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from scripts.lint.conditions import Axis, Point, Table, rows
from scripts.lint.sentences import Named, Phrase, first_clause, phrases


class DifferenceError(Exception):
    """A sentence contradicts the data; the message says what the data say."""


def compare(
    text: str,
    axes: Iterable[Axis],
    table: Table | None,
    listed: Mapping[str, list[frozenset[Any]]],
    subject: str = "",
) -> None:
    """Refuse a sentence that contradicts the data.

    The values that one part of the sentence names must be all accepted or all refused, and its
    parts together must name every accepted or every refused value. Values of a field that the table
    does not distinguish are compared with the values that the data list for it. If a sentence names
    no value of a field, that field is not compared.

    Raises:
        DifferenceError: the sentence contradicts the data.
    """
    known = tuple(axes)
    said = phrases(text, known, subject)
    for axis in known:
        for phrase in said:
            if stray := phrase.named.get(axis.field, frozenset()) - set(axis.values):
                raise DifferenceError(f"{axis.name} has no value {_list(stray)}")
    done: set[str] = set()
    if table is not None and len(set(table.outcomes.values())) > 1:
        _compare_with_table(said, table, check_verdict=True)
        done = {axis.field for axis in table.axes}
    for axis in known:
        part = _about_entries(text, axis, known) if "[]" in axis.field else text
        named = phrases(part, (axis,), subject)
        if axis.field not in done and any(one.named for one in named):
            values = _in_any_list(axis, listed[axis.field])
            of_field = Table((axis,), {(value,): value in values for value in axis.values})
            _compare_with_table(named, of_field, check_verdict=False)


def _compare_with_table(said: list[Phrase], table: Table, *, check_verdict: bool) -> None:
    """Compare phrases with a table; `check_verdict` is whether "must", "when" and such count."""
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
        if len(outcomes) > 1 or (check_verdict and outcomes and is_wrong):
            raise DifferenceError(_in_words(table, outcome=True))
        if not phrase.others:
            for outcome in outcomes:
                covered[outcome] |= region
    for outcome in (True, False, None):
        if outcome not in covered:
            continue
        if covered[outcome] != {one for one, of in table.outcomes.items() if of is outcome}:
            raise DifferenceError(_in_words(table, outcome=outcome))
        if outcome:
            # A sentence that names everything accepted need not name everything refused.
            return


def _in_any_list(axis: Axis, lists: list[frozenset[Any]]) -> frozenset[Any]:
    """Return the values of all lists; refuse lists about entries that only partly agree."""
    for one, other in combinations(lists if "[]" in axis.field else [], 2):
        if one & other and one != other:
            raise DifferenceError(f"the data list both {_list(one)} and {_list(other)}")
    return frozenset().union(*lists)


def _about_entries(text: str, entries: Axis, axes: Iterable[Axis]) -> str:
    """Return the part of a text about the entries of a list, without the values of other fields."""
    others = "|".join(axis.name for axis in axes if axis != entries)
    stated = rf"\b(?:{others}) (?:must be|should be|is) [\w\"]+" if others else r"(?!)"
    return re.sub(stated, "", first_clause(text))


def _subject(table: Table) -> Named:
    """Return the values of each field that the `if` of a rule restricts."""
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
    """Return the part of a table for the state of each switch that the sentence is about."""
    for axis in table.axes:
        states = set().union(*(phrase.named.get(axis.field, frozenset()) for phrase in said))
        rest = any(one.field != axis.field for phrase in said for one in _axes_of(phrase, table))
        if set(axis.values) == {False, True} and len(states) == 1 and rest:
            table = table.having(axis.field, *states)
    if not table.outcomes:
        raise DifferenceError("the data are about the opposite value of a true/false field")
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


def _in_words(table: Table, *, outcome: bool | None) -> str:
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
