"""The mutants of the description: what is changed, and that a copy alone is changed."""

import copy
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from scripts.build.bundle import bundle
from scripts.lint.run import read
from scripts.measure import mutant_trials
from scripts.measure.description_mutants import Verdict, drawn, grouped, report
from scripts.measure.mutant_kinds import KINDS
from scripts.measure.mutant_sites import Site, replaced, sites_of
from scripts.measure.mutant_trials import ROOT, Mutant, Trial

FOLDER = ROOT / "openapi"
TEXT = Path("v1/text-to-video.yaml")
# One create of one family has a day.
FEW = {"closed": 2}


@cache
def documents() -> dict[Path, Any]:
    return read(FOLDER)


@cache
def sites() -> list[Site]:
    return sites_of(documents(), bundle(FOLDER))


def some(kind: str, seed: int = 1) -> list[Mutant]:
    return list(islice(drawn(sites(), [kind], seed), 12))


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_mutants_of_each_kind_and_each_changes_one_thing(kind: str) -> None:
    mutants = some(kind)

    assert len(mutants) == FEW.get(kind, 12)
    assert len({str(one) for one in mutants}) == len(mutants)
    assert mutants == some(kind)
    assert kind in FEW or mutants != some(kind, seed=2)
    for one in mutants:
        before = copy.deepcopy(documents()[one.file])
        assert replaced(documents()[one.file], one.place, one.node) != before
        assert documents()[one.file] == before


def test_kinds_take_turns() -> None:
    assert [one.kind for one in islice(drawn(sites(), KINDS, 1), len(KINDS))] == [*KINDS]


def changed(path: str, key: str, value: object) -> Mutant:
    place = tuple(path.split())
    node = documents()[TEXT]
    for step in place:
        node = node[step]
    return Mutant("default", TEXT, place, f"{key} {value}", {**node, key: value})


MODE = "components schemas TextToVideoRequest properties mode"


def test_a_trial_says_what_notices_a_mutant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutant_trials, "FAMILY_TESTS", ())
    trial = Trial(tmp_path)

    model = "components schemas TextToVideoModel"
    assert trial.quick(changed(model, "enum", ["kling-v9"]))[0] == "lint"
    assert trial.quick(changed(MODE, "x-kling-default", "std")) == ("equivalent", "")
    assert trial.quick() == ("", "")


def test_mutants_of_one_thing_are_tried_apart() -> None:
    whole, part = (
        changed("components schemas TextToVideoRequest", "title", ""),
        changed(MODE, "a", 1),
    )
    other = changed("components schemas TextToVideoModel", "a", 1)

    assert whole.overlaps(part)
    assert not other.overlaps(part)
    assert grouped([whole, part, other], 1) == [[whole, other], [part]]


def test_the_report_counts_by_kind_and_lists_what_survived() -> None:
    one, other = changed(MODE, "a", 1), changed(MODE, "a", 2)
    lines = [*report([Verdict(one, "lint", "some-rule"), Verdict(other, "survived", "")])]

    assert "| default | 2 |  | 1 |  |  | 1 |  |" in lines
    assert [line for line in lines if line.startswith("- ")] == [f"- default: {other}"]
