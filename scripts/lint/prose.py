"""House rules for sentences about models, modes and lengths: they must agree with the data.

The data are the conditions of rules and advice, and the values that schemas list.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.comparison import DifferenceError, compare
from scripts.lint.conditions import Axis, Table, axes, compared, fields, table
from scripts.lint.parts import Claim
from scripts.lint.sentences import MODEL, mentioned, sentences
from scripts.lint.view import COVERAGE, File, Findings, rule
from scripts.lint.walk import Node, listed, mapping

# The keys of a rule that are no condition.
_TEXTS = ("x-kling-rule", "description")


@dataclass(frozen=True, eq=False)
class Data:
    """The condition of a rule or of advice, or several conditions that must all be true."""

    file: File
    holder: Document
    condition: Document
    field: str = ""

    @classmethod
    def of(cls, file: File, claim: Claim) -> "Data":
        """Return the condition of a rule or of advice, without its texts."""
        condition = {key: inner for key, inner in claim.condition.items() if key not in _TEXTS}
        return cls(file, claim.holder, condition, claim.field.rpartition(".")[2])

    @cached_property
    def axes(self) -> list[Axis]:
        """The fields that it compares with values."""
        return axes(self.file.whole, self.file.path, self.holder, self.condition)

    @cached_property
    def table(self) -> Table | None:
        """Which combinations of the values of these fields are accepted."""
        return table(self.condition, self.axes)

    @cached_property
    def fields(self) -> set[str]:
        """The names of the properties that it tests."""
        return {field.rpartition(".")[2] for field in fields(self.condition)}

    def named_in(self, sentence: str, name: str) -> int:
        """Return how many fields of the condition have values that a sentence names.

        The sentence is about the field `name`. If it names only values of this field, the result is
        0, because they may be examples or a default; but if these values are models, it is 1.
        """
        named = [axis for axis in self.axes if [*mentioned(sentence, axis, name)]]
        names_only_its_own = [axis.name for axis in named] == [name] and not named[0].has_models
        return 0 if names_only_its_own else len(named)

    def compare(self, sentence: str, subject: str = "") -> None:
        """Refuse a sentence that contradicts the condition; see `comparison.compare`."""
        lists: dict[str, list[frozenset[Any]]] = defaultdict(list)
        for field, values in compared(self.condition):
            lists[field].append(frozenset(values))
        compare(sentence, self.axes, self.table, lists, subject)


@rule
def messages_agree_with_their_rules(file: File) -> Findings:
    """In a message, name all values that its rule accepts, or all values that it refuses.

    Users rely on messages, and no other check compares them with the rules.
    """
    for claim, data in zip(file.claims, _data(file), strict=True):
        try:
            data.compare(str(claim.message))
        except DifferenceError as differs:
            yield claim.place, f'"{claim.message}": {differs}'


@rule
def descriptions_agree_with_the_rules(file: File) -> Findings:
    """In a description, or a fact of coverage.yaml, name all values that a rule accepts or refuses.

    If a sentence is right, but no rule says so, add it to sentences.yaml, with the reason.
    """
    yield from _facts(file) if file.path == COVERAGE else ()
    for node in file.nodes:
        if node.role != "property":
            continue
        for sentence in sentences(str(node.schema.get("description", ""))):
            if sentence.startswith("Open:") or file.whole.is_exempt(file.path, sentence):
                continue
            if difference := _disagreement(file, node, sentence):
                yield node.place, f'"{sentence}": {difference}'


def _facts(file: File) -> Findings:
    """Compare each fact about models with its rules, if these rules are of one family."""
    known = {
        claim.id: data
        for one in file.whole.files
        for claim, data in zip(one.claims, _data(one), strict=True)
    }
    for group, facts in file.document.items():
        for name, entry in mapping(facts).items():
            fact = str(mapping(entry).get("fact", ""))
            ids = [*listed(mapping(entry).get("rule")), *listed(mapping(entry).get("advice"))]
            stating = [known[id_] for id_ in ids if id_ in known]
            is_of_one_family = len({data.file.path for data in stating}) == 1
            can_compare = is_of_one_family and MODEL.search(fact)
            # The name is empty because a fact is not about a single field.
            difference = _difference(fact, "", stating) if can_compare else None
            if difference:
                yield f"{group}.{name}", f'"{fact}": {difference}'


@lru_cache(maxsize=128)
def _data(file: File) -> list[Data]:
    return [Data.of(file, claim) for claim in file.claims]


def _disagreement(file: File, node: Node, sentence: str) -> str:
    """Return how a sentence about a field differs from the rules about this field, or ''."""
    name = node.place.rpartition(".")[2]
    difference = _difference(sentence, name, [data for data in _data(file) if name in data.fields])
    if difference is None:
        # No rule says what the sentence says. That is fine if the sentence names no models, or all
        # models that the field can have.
        models = {*MODEL.findall(sentence)}
        if models and models != set(listed(file.merged(node.schema).get("enum"))):
            return "no rule in this file says so; correct it, or add it to sentences.yaml"
    return difference or ""


def _difference(sentence: str, name: str, single: list[Data]) -> str | None:
    """Return how a sentence differs from the conditions that have most fields in common with it.

    Each entry of `single` has the condition of one rule. If a schema has several rules, the
    sentence is also compared with all their conditions together.
    The result is '' if the sentence agrees with one of these conditions, and None if no condition
    is about the fields of the sentence.
    """
    # Conditions of rules about the field itself come first: their difference is the one reported.
    own_first = sorted(single, key=lambda data: data.field != name)
    counts = {data: data.named_in(sentence, name) for data in (*own_first, *_combined(single))}
    most = max(counts.values(), default=0)
    if most == 0:
        return None
    differences = []
    for data in [data for data, count in counts.items() if count == most]:
        try:
            data.compare(sentence, name)
            return ""
        except DifferenceError as difference:
            differences.append(str(difference))
    return differences[0]


def _combined(single: list[Data]) -> list[Data]:
    """Join the conditions of each schema that has several of them."""
    by_holder: dict[int, list[Data]] = defaultdict(list)
    for data in single:
        by_holder[id(data.holder)].append(data)
    return [
        Data(group[0].file, group[0].holder, {"allOf": [data.condition for data in group]})
        for group in by_holder.values()
        if len(group) > 1
    ]
