"""Change facts of the description one at a time, and report whether lint or a test fails.

A mutant is the description with one changed fact. It is killed if the bundler refuses it, if it
breaks a house rule, or if a test fails with it. If a mutant survives, somebody could change this
fact, and no test would fail. If the change leaves the bundle as it was,
the mutant is equivalent, and does not count.

First, the tests of the changed family run for each mutant. Then the other tests run for several
survivors together. If a test fails, it runs again with fewer of them, to find out which mutant it
kills. The work tree does not change, because all this happens in copies.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from scripts.build.bundle import bundle
from scripts.lint.run import read
from scripts.measure.mutant_kinds import KINDS
from scripts.measure.mutant_sites import Site, sites_of
from scripts.measure.mutant_trials import GENERATE, ROOT, WIDER_TESTS, Mutant, Trial

# The share of the mutants that must be killed.
BOUND = 0.97
# What can happen to a mutant: one of the first four kills it, it survives, or it is equivalent.
STAGES = ("bundle", "lint", "family", "wider", "survived", "equivalent")

# The Trial of this process, with its own copy of the repository. The list is empty until `_start`.
_TRIALS: list[Trial] = []


@dataclass
class Verdict:
    """What happened to a mutant."""

    mutant: Mutant
    stage: str
    """One of STAGES; '' until the wider tests have run."""
    killer: str
    """The rule or the test that killed it, or ''."""
    seconds: float = 0

    def __str__(self) -> str:
        return f"{self.stage or '-':10} {self.seconds:4.0f} s  {self.mutant}  {self.killer}"


def main() -> int:
    """Make mutants, print what happened to each, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261130)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[*KINDS], metavar="KIND")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    sites = sites_of(read(ROOT / "openapi"), bundle(ROOT / "openapi"))
    mutants = islice(drawn(sites, options.kinds, options.seed), options.count)
    with tempfile.TemporaryDirectory() as folder:
        pool = ProcessPoolExecutor(options.jobs, initializer=_start, initargs=(folder,))
        with pool:
            # `failure` has a stage and what fails in it, or two empty texts.
            if any(failure := pool.submit(_quick).result()):
                sys.exit(
                    "mutants: the unchanged description already fails; correct this first: "
                    + " ".join(failure)
                )
            verdicts = []
            for verdict in pool.map(_verdict, mutants):
                verdicts.append(verdict)
                print(verdict, file=sys.stderr, flush=True)
            survivors = {str(verdict.mutant): verdict for verdict in verdicts if not verdict.stage}
            groups = grouped([verdict.mutant for verdict in survivors.values()], options.jobs)
            for killers in pool.map(_killed_by_other_tests, groups):
                for name, killer in killers.items():
                    survivors[name].stage, survivors[name].killer = "wider", killer
    for verdict in survivors.values():
        verdict.stage = verdict.stage or "survived"
    print("\n".join(report(verdicts)))
    stages = [verdict.stage for verdict in verdicts if verdict.stage != "equivalent"]
    return int(stages.count("survived") > (1 - BOUND) * len(stages))


def drawn(sites: list[Site], kinds: Iterable[str], seed: int) -> Iterator[Mutant]:
    """Yield mutants of the kinds in turn.

    The places of a kind are in random order. Each place gets a first mutant before any place gets
    a second one.
    """
    for row in zip_longest(*(_of_kind(sites, kind, seed) for kind in kinds)):
        yield from filter(None, row)


def _of_kind(sites: list[Site], kind: str, seed: int) -> Iterator[Mutant]:
    dice = random.Random(f"{seed} {kind}")  # noqa: S311 (the same mutants by seed, no secret)
    rows = [
        [Mutant(kind, site.file, site.place, *change) for change in KINDS[kind](site)]
        for site in sites
    ]
    shuffled = [dice.sample(row, len(row)) for row in dice.sample(rows, len(rows))]
    return (mutant for column in zip_longest(*shuffled) for mutant in column if mutant)


def grouped(mutants: list[Mutant], least: int) -> list[list[Mutant]]:
    """Divide mutants into at least `least` groups in which no two change the same thing."""
    groups: list[list[Mutant]] = [[] for _ in range(least)]
    for mutant in mutants:
        possible = [group for group in groups if not any(map(mutant.overlaps, group))]
        if possible:
            min(possible, key=len).append(mutant)
        else:
            groups.append([mutant])
    return [group for group in groups if group]


def report(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield a table with a row for each kind, then the survivors, then the equivalent mutants."""
    yield f"| kind | mutants | {' | '.join(STAGES)} |"
    yield f"| --- |{' ---: |' * (len(STAGES) + 1)}"
    for kind in (*KINDS, "all"):
        stages = [verdict.stage for verdict in verdicts if kind in (verdict.mutant.kind, "all")]
        cells = [str(stages.count(stage) or "") for stage in STAGES]
        if stages:
            yield f"| {kind} | {len(stages)} | {' | '.join(cells)} |"
    for stage in ("survived", "equivalent"):
        yield f"\n{stage}:"
        mutants = [verdict.mutant for verdict in verdicts if verdict.stage == stage]
        yield from (f"- {mutant.kind}: {mutant}" for mutant in mutants)


def _start(folder: str) -> None:
    _TRIALS.append(Trial(Path(tempfile.mkdtemp(dir=folder))))


def _quick() -> tuple[str, str]:
    return _TRIALS[0].quick()


def _verdict(mutant: Mutant) -> Verdict:
    start = time.monotonic()
    return Verdict(mutant, *_TRIALS[0].quick(mutant), seconds=time.monotonic() - start)


def _killed_by_other_tests(group: list[Mutant]) -> dict[str, str]:
    """Return the names of the mutants of a group that the other tests kill, each with the test."""
    failing = _TRIALS[0].wider(group, WIDER_TESTS)
    # If `make generate` fails because of one mutant, no test has run. So try with half of them.
    if failing == [GENERATE] and len(group) > 1:
        return {**_killed_by_other_tests(group[::2]), **_killed_by_other_tests(group[1::2])}
    # A test that also fails without mutants, for example because of a timeout, kills no mutant.
    unrelated = _TRIALS[0].wider([], failing)
    return _killed(group, [test for test in failing if test not in unrelated])


def _killed(group: list[Mutant], tests: list[str]) -> dict[str, str]:
    """Halve a group again and again, to find which of its mutants the tests kill."""
    failing = _TRIALS[0].wider(group, tests, "-x") if tests else []
    if not failing:
        return {}
    if len(group) == 1:
        return {str(group[0]): failing[0]}
    return {**_killed(group[::2], tests), **_killed(group[1::2], tests)}


if __name__ == "__main__":
    sys.exit(main())
