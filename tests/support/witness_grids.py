"""Compare what a witness says about models, modes, resolutions and lengths with the rules.

A witness file has rows that say which combinations of values allow a feature, such as an end frame.
Each combination is tried in a body that uses the feature. If a row allows the combination, no rule
or advice may apply. Otherwise at least one of them must apply. The bodies are made from the base of
the operation, which is a valid body in the witness file.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from flat_bodies import laid_over, names_in, unnumbered, with_value, without
from kling.description import Problem
from rule_trials import BEYOND, Trials
from witness_facts import ENTRY, Difference, Witness, disputed, values_of

Row = Mapping[str, list[Any]]
Combination = dict[str, Any]

# A field with at most this many numbers, such as a length, is tried with each of them.
_MOST_NUMBERS = 50


class Grids:
    """Compares what a witness says about one operation with the rules."""

    def __init__(self, trials: Trials, witness: Witness) -> None:
        self._trials = trials
        self._samples = trials.samples
        self._witness = witness
        self._base = witness.get("base", {})
        base = {"feature": "the base", "body": {}, "allowed": [{}]}
        self._features = [base, *witness.get("capabilities", ())]

    def features(self) -> Iterator[str]:
        """Yield a line for each combination on which witness and description differ."""
        for feature in self._features:
            # The sources disagree about the rows in `open`, so the description may differ there.
            rows, unsure = feature["allowed"], feature.get("open", [])
            about = {*names_in(laid_over({}, feature["body"])), *_names([*rows, *unsure])}
            for combination in self._combinations([*rows, *unsure]):
                said = self._trials.problems_of(laid_over(self._body(feature), combination))
                if any(_fits(combination, row) for row in unsure):
                    continue
                allowed = any(_fits(combination, row) for row in rows)
                # Advice about another field does not concern the feature.
                against = [one for one in said if one.evidence or unnumbered(one.field) in about]
                has_problems = bool(against)
                if allowed == has_problems:
                    yield f"{feature['feature']}: {_shown(combination)}: {_verdict(against)}"

    def limits(self) -> Iterator[str]:
        """Yield a line for each limit of the witness that the description does not have."""
        for entry in self._witness.get("limits_by", ()):
            for row in entry["rows"]:
                for values in product(*row["when"].values()):
                    body = self._where(dict(zip(row["when"], values, strict=True)))
                    yield from self._missing_limits(entry["field"], [body], row)
        for name, said in self._witness.get("request", {}).items():
            if ENTRY.search(name):
                yield from self._missing_limits(name, list(self._working()), said)

    def is_explained(self, one: Difference) -> bool:
        """Whether rules or advice explain a difference between the witness and a field's schema.

        If only the description has a field or a value, its use must always cause advice or a
        problem.
        """
        working = list(self._working())
        if one.theirs is None and not one.attribute:
            used = (self._samples.with_field(body, one.name) for body in working)
            return all(map(self._trials.has_new_problem, working, used))
        bodies = [self._samples.with_holder(body, one.name) for body in working]
        if one.attribute == "values" and one.ours and one.theirs and one.theirs < one.ours:
            return all(
                self._trials.has_new_problem(body, self._samples.with_choice(body, one.name, value))
                for body in bodies
                for value in one.ours - one.theirs
            )
        if one.attribute == "required" and one.theirs:
            return any(
                self._trials.has_new_problem(body, without(body, one.name)) for body in bodies
            )
        if one.attribute in BEYOND and one.theirs is not None:
            limit = (one.name, one.attribute, one.theirs)
            return all(self._trials.is_limit(body, *limit) for body in bodies)
        return False

    def use_disputed(self) -> None:
        """Use each field that exists only according to some of the sources."""
        for name in {one.removeprefix("request.") for one in disputed(self._witness)}:
            if name in self._samples:
                self._trials.problems_of(self._samples.with_field(self._base, name))

    def _where(self, combination: Combination) -> Any:
        """Return the base with some values. The value of a name with [] is a number of entries."""
        body = self._base
        for name, value in combination.items():
            if name.endswith("[]"):
                body = self._samples.sized(body, name.removesuffix("[]"), "max_items", value)
            else:
                body = with_value(self._samples.with_holder(body, name), name, value)
        return body

    def _missing_limits(
        self, field: str, bodies: list[Any], row: Mapping[str, Any]
    ) -> Iterator[str]:
        for limit in sorted(row.keys() & BEYOND.keys()):
            if not any(self._trials.is_limit(one, field, limit, row[limit]) for one in bodies):
                where = _shown({**row.get("when", {}), limit: row[limit]})
                yield f"{field}: {where}: the description does not say so"

    def _working(self) -> Iterator[Any]:
        """Yield a valid body for each row of each feature; the base counts as a feature."""
        for feature in self._features:
            for row in feature["allowed"]:
                if all(row.values()):
                    first = {name: values[0] for name, values in row.items()}
                    yield laid_over(self._body(feature), first)

    def _body(self, feature: Mapping[str, Any]) -> Any:
        body = self._base
        for name in feature.get("remove", ()):
            body = without(body, name)
        return laid_over(body, feature["body"])

    def _combinations(self, rows: list[Row]) -> Iterator[Combination]:
        names = _names(rows)
        for values in product(*(self._values(name, rows) for name in names)):
            yield dict(zip(names, values, strict=True))

    def _values(self, name: str, rows: list[Row]) -> list[Any]:
        """Return every value of a field that the witness lists, or that only some sources have."""
        said = self._witness["request"].get(name, {})
        values = [*said.get("values", ()), *said.get("known", ())]
        if said.get("type") == "boolean":
            values += [True, False]
        if said.get("type") == "integer" and said.get("max", _MOST_NUMBERS) < _MOST_NUMBERS:
            values += range(said.get("min", 0), said["max"] + 1)
        values += self._witness.get("retired", {}).get(name, ())
        values += sorted(values_of(name, disputed(self._witness)))
        values += (value for row in rows for value in row.get(name, ()))
        return list(dict.fromkeys(values))


def _names(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _fits(combination: Combination, row: Row) -> bool:
    return all(combination[name] in values for name, values in row.items())


def _verdict(against: list[Problem]) -> str:
    if not against:
        return "the witness does not allow it, but no rule or advice of the description applies"
    rules = ", ".join(sorted({one.rule for one in against}))
    return f"the witness allows it, but the description does not ({rules})"


def _shown(combination: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in combination.items())
