"""Change facts of the description one at a time, and say whether lint or a test notices.

A mutant is the description with one changed fact. It is killed if the bundler refuses it, if it
breaks a house rule, or if a test fails with it. A mutant that survives is a fact that anybody could
change unnoticed. A mutant whose bundle is the same, byte for byte, is equivalent, and not counted.

First, the tests of the family run for each mutant by itself. Then the other tests run for several
survivors together, and again for fewer of them if a test fails. The work tree is never changed.
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
STAGES = ("bundle", "lint", "family", "wider", "survived", "equivalent")

# The trial of this process: each process has its own copy of the repository.
_TRIALS: list[Trial] = []


@dataclass
class Verdict:
    """Where a mutant was noticed: the stage, what killed it, and after how many seconds."""

    mutant: Mutant
    stage: str
    killer: str
    seconds: float = 0

    def __str__(self) -> str:
        return f"{self.stage or '-':10} {self.seconds:4.0f} s  {self.mutant}  {self.killer}"


def main() -> int:
    """Make mutants, print which are noticed, and return the exit code."""
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
            if any(failing := pool.submit(_quick).result()):
                sys.exit(f"mutants: correct this first, which fails anyway: {' '.join(failing)}")
            verdicts = []
            for verdict in pool.map(_verdict, mutants):
                verdicts.append(verdict)
                print(verdict, file=sys.stderr, flush=True)
            survivors = {str(one.mutant): one for one in verdicts if not one.stage}
            groups = grouped([one.mutant for one in survivors.values()], options.jobs)
            for killers in pool.map(_killed_by_other_tests, groups):
                for name, killer in killers.items():
                    survivors[name].stage, survivors[name].killer = "wider", killer
    for one in survivors.values():
        one.stage = one.stage or "survived"
    print("\n".join(report(verdicts)))
    stages = [one.stage for one in verdicts if one.stage != "equivalent"]
    return int(stages.count("survived") > (1 - BOUND) * len(stages))


def drawn(sites: list[Site], kinds: Iterable[str], seed: int) -> Iterator[Mutant]:
    """Yield mutants of the kinds in turn; of each kind, first one for each place, then the rest."""
    for row in zip_longest(*(_of_kind(sites, kind, seed) for kind in kinds)):
        yield from filter(None, row)


def _of_kind(sites: list[Site], kind: str, seed: int) -> Iterator[Mutant]:
    dice = random.Random(f"{seed} {kind}")  # noqa: S311 (the same mutants by seed, no secret)
    rows = [
        [Mutant(kind, site.file, site.place, *change) for change in KINDS[kind](site)]
        for site in sites
    ]
    mixed = [dice.sample(row, len(row)) for row in dice.sample(rows, len(rows))]
    return (mutant for column in zip_longest(*mixed) for mutant in column if mutant)


def grouped(mutants: list[Mutant], least: int) -> list[list[Mutant]]:
    """Divide mutants into at least `least` groups in which no two change the same thing."""
    groups: list[list[Mutant]] = [[] for _ in range(least)]
    for one in mutants:
        free = [group for group in groups if not any(map(one.overlaps, group))]
        if not free:
            groups.append(free := [])
        min(free, key=len, default=groups[-1]).append(one)
    return [group for group in groups if group]


def report(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield a table by kind, then what survived, and what is equivalent."""
    yield f"| kind | mutants | {' | '.join(STAGES)} |"
    yield f"| --- |{' ---: |' * (len(STAGES) + 1)}"
    for kind in (*KINDS, "all"):
        of_kind = [one.stage for one in verdicts if kind in (one.mutant.kind, "all")]
        cells = [str(of_kind.count(stage) or "") for stage in STAGES]
        if of_kind:
            yield f"| {kind} | {len(of_kind)} | {' | '.join(cells)} |"
    for stage in ("survived", "equivalent"):
        yield f"\n{stage}:"
        yield from (f"- {one.mutant.kind}: {one.mutant}" for one in verdicts if one.stage == stage)


def _start(folder: str) -> None:
    _TRIALS.append(Trial(Path(tempfile.mkdtemp(dir=folder))))


def _quick() -> tuple[str, str]:
    return _TRIALS[0].quick()


def _verdict(mutant: Mutant) -> Verdict:
    start = time.monotonic()
    return Verdict(mutant, *_TRIALS[0].quick(mutant), seconds=time.monotonic() - start)


def _killed_by_other_tests(group: list[Mutant]) -> dict[str, str]:
    """Return the mutants of a group that the other tests kill, each with the test."""
    failing = _TRIALS[0].wider(group, WIDER_TESTS)
    if failing == [GENERATE] and len(group) > 1:
        return {**_killed_by_other_tests(group[::2]), **_killed_by_other_tests(group[1::2])}
    # A test that fails without mutants too, such as by a timeout, proves nothing.
    unrelated = _TRIALS[0].wider([], failing)
    return _killed(group, [test for test in failing if test not in unrelated])


def _killed(group: list[Mutant], tests: list[str]) -> dict[str, str]:
    failing = _TRIALS[0].wider(group, tests, "-x") if tests else []
    if not failing:
        return {}
    if len(group) == 1:
        return {str(group[0]): failing[0]}
    return {**_killed(group[::2], tests), **_killed(group[1::2], tests)}


if __name__ == "__main__":
    sys.exit(main())
