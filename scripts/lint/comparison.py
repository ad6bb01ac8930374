"""Compare sentences about models, modes, lengths and other values with the data.

The data are the conditions of rules, and the values that schemas list.
"""

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

    A part of the sentence may name accepted values or refused values, but not both. Together, the
    parts must name all accepted values or all refused values. If the sentence names no value of a
    field, this field is not compared.

    Args:
        text: the sentence.
        axes: the fields that the condition compares with values.
        table: which combinations of their values the condition accepts, if that is known.
        listed: the lists of values in the condition, by field. They are compared with what the
            sentence says about fields that are not in the table.
        subject: the field that the sentence describes.

    Raises:
        DifferenceError: the sentence contradicts the data.
    """
    all_axes = tuple(axes)
    said = phrases(text, all_axes, subject)
    for axis in all_axes:
        for phrase in said:
            if stray := phrase.named.get(axis.field, frozenset()) - set(axis.values):
                raise DifferenceError(f"{axis.name} has no value {_list(stray)}")
    compared: set[str] = set()
    # If the outcome is the same for all combinations, the table says nothing about the values.
    if table is not None and len(set(table.outcomes.values())) > 1:
        _compare_with_table(said, table, check_verdict=True)
        compared = {axis.field for axis in table.axes}
    for axis in all_axes:
        part = _about_entries(text, axis, all_axes) if "[]" in axis.field else text
        said_of_field = phrases(part, (axis,), subject)
        if axis.field not in compared and any(phrase.named for phrase in said_of_field):
            # A table with only this field, in which the listed values are accepted.
            values = _in_any_list(axis, listed[axis.field])
            of_field = Table((axis,), {(value,): value in values for value in axis.values})
            _compare_with_table(said_of_field, of_field, check_verdict=False)


def _compare_with_table(said: list[Phrase], table: Table, *, check_verdict: bool) -> None:
    """Compare phrases with a table of accepted and refused combinations.

    With `check_verdict`, the table must accept values after "must be", and refuse values after
    "when".
    """
    restricted = _restricted_by_if(table)
    _compare_restricted(said, table, restricted)
    table = _with_stated_switches(said, table)
    covered: dict[bool | None, set[Point]] = defaultdict(set)
    earlier: set[Any] = set()
    first_of_clause: dict[int, Named] = {}
    for phrase in said:
        named = _values_in_table(phrase, table, restricted, earlier)
        earlier.update(*phrase.named.values())
        first = first_of_clause.setdefault(phrase.clause, named)
        # The phrase names no values of the table, or only those that meet the `if`.
        if all(values == restricted.get(field) for field, values in named.items()):
            continue
        points = _points_with(table, named)
        if len({table.outcomes[point] for point in points}) > 1:
            # By itself, the phrase names accepted and refused combinations. So it continues the
            # first phrase of its clause, and the values of both apply.
            points = _points_with(table, first | named)
        outcomes = {table.outcomes[point] for point in points}
        accepts = phrase.accepts(named)  # None if the phrase does not say it
        is_wrong = accepts is not None and (True in outcomes) != accepts
        if len(outcomes) > 1 or (check_verdict and outcomes and is_wrong):
            raise DifferenceError(_in_words(table, outcome=True))
        if not phrase.is_about_others:  # "other models" does not name them, so it covers nothing
            for outcome in outcomes:
                covered[outcome] |= points
    # None is the outcome of combinations for which other fields decide.
    for outcome in (True, False, None):
        if outcome not in covered:
            continue
        if covered[outcome] != set(table.points_of(outcome)):
            raise DifferenceError(_in_words(table, outcome=outcome))
        if outcome:
            # A sentence that names all accepted values need not name all refused values.
            return


def _in_any_list(axis: Axis, lists: list[frozenset[Any]]) -> frozenset[Any]:
    """Return the values of all lists that the data have for a field.

    Raises:
        DifferenceError: the field is in a list, and two lists have only some values in common.
    """
    for one, other in combinations(lists if "[]" in axis.field else [], 2):
        if one & other and one != other:
            raise DifferenceError(f"the data list both {_list(one)} and {_list(other)}")
    return frozenset().union(*lists)


def _about_entries(text: str, entries: Axis, axes: Iterable[Axis]) -> str:
    """Return the first clause of a text, without what it says about fields other than `entries`."""
    others = "|".join(axis.name for axis in axes if axis != entries)
    # The pattern (?!) matches nothing.
    stated = rf"\b(?:{others}) (?:must be|should be|is) [\w\"]+" if others else r"(?!)"
    return re.sub(stated, "", first_clause(text))


def _restricted_by_if(table: Table) -> Named:
    """Return the fields that the `if` of a rule restricts, each with the values that meet it."""
    used = {axis: {point[n] for point in table.outcomes} for n, axis in enumerate(table.axes)}
    return {
        axis.field: frozenset(values) for axis, values in used.items() if values != set(axis.values)
    }


def _compare_restricted(said: list[Phrase], table: Table, restricted: Named) -> None:
    """Compare what phrases say about the fields that the `if` of a rule restricts.

    They must name all or none of the values that meet the `if`, and all or none of the others.
    """
    for axis in table.axes:
        if (meeting := restricted.get(axis.field)) is None:
            continue
        naming = [phrase for phrase in said if axis.field in phrase.named]
        named = [phrase.named[axis.field] for phrase in naming]
        named_meeting = set().union(*(values & meeting for values in named))
        named_others = set().union(*(values for values in named if not values & meeting))
        needs = [phrase.named[axis.field] for phrase in naming if phrase.is_need]
        # A "needs" with values that do not meet the `if`, or only some values of one kind.
        if (
            any(not values & meeting for values in needs)
            or named_meeting not in (set(), meeting)
            or named_others not in (set(), set(axis.values) - meeting)
        ):
            raise DifferenceError(f"the rule applies only to {axis.name} {_list(meeting)}")


def _with_stated_switches(said: list[Phrase], table: Table) -> Table:
    """Limit a table to the value that a sentence gives for each true/false field.

    A true/false field does not limit the table if it is the only field that the sentence names.
    """
    for axis in table.axes:
        states = set().union(*(phrase.named.get(axis.field, frozenset()) for phrase in said))
        names_others = any(
            other.field != axis.field for phrase in said for other in _axes_of(phrase, table)
        )
        if set(axis.values) == {False, True} and len(states) == 1 and names_others:
            table = table.having(axis.field, *states)
    if not table.outcomes:
        raise DifferenceError("the rule applies to the opposite value of a true/false field")
    return table


def _axes_of(phrase: Phrase, table: Table) -> list[Axis]:
    return [axis for axis in table.axes if axis.field in phrase.named]


def _values_in_table(phrase: Phrase, table: Table, restricted: Named, earlier: set[Any]) -> Named:
    """Return the values of a phrase that the table has.

    If the phrase is about all other models, these are the models that `earlier` does not have.
    """
    named = {}
    for axis in table.axes:
        values = phrase.named.get(axis.field, frozenset())
        if phrase.is_about_others and axis.has_models:
            values = frozenset(axis.values) - earlier
        if inside := values & restricted.get(axis.field, values):
            named[axis.field] = inside
    return named


def _points_with(table: Table, named: Named) -> set[Point]:
    """Return the combinations of a table in which each named field has one of its values."""
    wanted = [named.get(axis.field) for axis in table.axes]  # None if the field is not named
    return {
        point
        for point in table.outcomes
        if all(values is None or one in values for one, values in zip(point, wanted, strict=True))
    }


def _in_words(table: Table, *, outcome: bool | None) -> str:
    told = [
        " with ".join(f"{name} {_list(values)}" for name, values in row.items()) or "everything"
        for row in rows(table.points_of(outcome), table.axes)
    ]
    return f"the data {'accept' if outcome else 'do not accept'} {', or '.join(told) or 'nothing'}"


def _list(values: Iterable[Any]) -> str:
    texts = [str(value) for value in sorted(values, key=_order)]
    if not texts:
        return "nothing"
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _order(value: Any) -> tuple[int, str]:
    text = str(value)
    return (int(text), "") if text.isdecimal() else (0, text)
