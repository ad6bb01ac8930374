"""The description against a second reading of the sources, by somebody who had not seen it.

`openapi/witness/` has a file for each family. It and the description must say the same, in both
directions. What it lists as open, because the sources differ or do not tell, is not compared.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from described_facts import described, reply_fields
from every_slip import fail_with
from kling.description import Operation, load
from rule_trials import Trials
from witness_facts import Difference, Witness, differences, disputed, name_of, witnessed, witnesses
from witness_grids import Grids

from scripts.build import bundle

SPEC = load()
WITNESSES = witnesses()
OPERATIONS = {f"{one.method} {one.path}": one for one in SPEC.operations.values()}
# Which file describes each path.
FILES = {
    path: file.stem
    for part in bundle.FAMILIES
    for file in (Path(__file__).parents[2] / "openapi").glob(part)
    for path in bundle.load(file)["paths"]
}
SLUGS = {name: FILES[one.path] for name, one in OPERATIONS.items()}
PARTS = ["operation", "makes", "path_parameters", "query", "retired", "media"]

each_family = pytest.mark.parametrize("slug", sorted({*SLUGS.values(), *WITNESSES}))


def pairs(slug: str) -> Iterator[tuple[str, Operation, Witness]]:
    """Yield what the two say of each operation of a family, and the name of both."""
    for witness in WITNESSES.get(slug, ()):
        if operation := OPERATIONS.get(name := name_of(witness)):
            yield f"{slug}: {name}", operation, witness


class Trial(NamedTuple):
    """What came of trying what a witness says of one operation."""

    where: str
    differences: list[Difference]
    features: list[str]
    limits: list[str]
    silent: list[str]
    """Ids of rules and advice that had no occasion to speak."""


@cache
def tried(slug: str) -> list[Trial]:
    return [
        trial(where, operation, witness)
        for where, operation, witness in pairs(slug)
        if operation.request
    ]


def trial(where: str, operation: Operation, witness: Witness) -> Trial:
    trials = Trials(SPEC, operation)
    grids = Grids(trials, witness)
    fields = compared("request", operation, witness)
    unexplained = [one for one in fields if not grids.is_explained(one)]
    grids.use_disputed()
    features, limits = list(grids.features()), list(grids.limits())
    return Trial(where, unexplained, features, limits, list(trials.never_applied()))


def compared(part: str, operation: Operation, witness: Witness) -> Iterator[Difference]:
    ours, theirs = described(SPEC, operation)[part], witnessed(witness)[part]
    return differences(part, ours, theirs, disputed(witness))


@cache
def replies() -> dict[str, dict[str, bool]]:
    """Return by schema and field of the replies whether some witness names it, or disputes it."""
    found: dict[str, dict[str, bool]] = {}
    for slug in WITNESSES:
        for _, operation, witness in pairs(slug):
            said = names_in_replies(witness)
            for name, (schema, field) in reply_fields(SPEC, operation).items():
                fields = found.setdefault(schema, {})
                fields[field] = fields.get(field, False) or name in said
    return found


def names_in_replies(witness: Witness) -> set[str]:
    """Return the flat names of a reply in a witness, and the names of all that holds them."""
    flat = [name.removeprefix("reply.") for name in (*witness["reply"], *disputed(witness))]
    paths = [name.split(".") for name in flat]
    return {
        ".".join(path[:n]).removesuffix("[]") for path in paths for n in range(1, len(path) + 1)
    }


@pytest.mark.every_family
@each_family
def test_a_family_and_its_witness_have_the_same_operations(slug: str) -> None:
    ours = sorted(name for name, family in SLUGS.items() if family == slug)

    assert sorted(map(name_of, WITNESSES.get(slug, ()))) == ours


@each_family
def test_a_family_and_its_witness_say_the_same(slug: str) -> None:
    fail_with(
        f"{where}: {one}"
        for where, operation, witness in pairs(slug)
        for part in PARTS
        for one in compared(part, operation, witness)
    )


@each_family
def test_a_family_and_its_witness_have_the_same_fields(slug: str) -> None:
    fail_with(f"{one.where}: {line}" for one in tried(slug) for line in one.differences)


@each_family
def test_what_depends_on_the_model_works_where_the_witness_says(slug: str) -> None:
    fail_with(f"{one.where}: {line}" for one in tried(slug) for line in one.features)


@each_family
def test_limits_that_depend_on_something_are_those_of_the_witness(slug: str) -> None:
    fail_with(f"{one.where}: {line}" for one in tried(slug) for line in one.limits)


@each_family
def test_each_rule_about_models_has_a_witness(slug: str) -> None:
    fail_with(f"{one.where}: {rule}: no witness" for one in tried(slug) for rule in one.silent)


@each_family
def test_replies_have_what_the_witness_names(slug: str) -> None:
    fail_with(
        f"{where}: {name}: only the witness has it"
        for where, operation, witness in pairs(slug)
        for name in witness["reply"]
        if name not in reply_fields(SPEC, operation)
    )


@pytest.mark.parametrize("schema", sorted(replies()))
def test_some_witness_names_each_field_of_a_reply(schema: str) -> None:
    fields = replies()[schema].items()

    fail_with(
        f"{schema}.{field}: only the description has it" for field, seen in fields if not seen
    )
