"""Change facts in a copy of the repository, and find out whether lint or a test fails."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts.build import overlays
from scripts.build.bundle import BundleError, Document, bundle, load
from scripts.build.tables import PAGES
from scripts.lint.run import lint, read, read_other_texts
from scripts.lint.view import SOURCES
from scripts.measure.mutant_sites import Place, replaced

ROOT = Path(__file__).parents[2]
# Tests that can be limited to one family. A file that does not exist is skipped.
FAMILY_TESTS = (
    "tests/openapi/test_witness.py",
    "tests/openapi/test_rules.py",
    "tests/openapi/test_examples.py",
    "tests/openapi/test_coverage.py",
)
# Other tests that check facts. The tests of client and mock are not here, because they do not check
# facts, and would take hours. The remaining tests compare generated files, test lint, or fuzz.
WIDER_TESTS = (
    "tests/openapi/test_canonical_form.py",
    "tests/openapi/test_capabilities.py",
    "tests/openapi/test_capabilities_by_model.py",
    "tests/openapi/test_client_bodies.py",
    "tests/openapi/test_dialects.py",
    "tests/openapi/test_llms.py",
    "tests/openapi/test_prices.py",
    "tests/openapi/test_satisfiable.py",
    "tests/openapi/test_scenes.py",
    "tests/openapi/test_workflows.py",
    "tests/contract/test_borders.py",
    "tests/contract/test_conversions.py",
)
# The dumper in C is many times as fast, but not every build of PyYAML has it.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_BUNDLE_FILE = Path("generated/kling_api/openapi.json")
GENERATE = "scripts.build.generate"
"""The name that is reported instead of a test if `make generate` fails."""


@dataclass(frozen=True)
class Mutant:
    """The description with one changed fact."""

    kind: str
    file: Path
    place: Place
    """The place of the changed mapping in the file."""
    change: str
    """The change in words."""
    node: Document
    """The changed mapping."""

    def __str__(self) -> str:
        return f"{self.file.as_posix()}: {'.'.join(map(str, self.place))}: {self.change}"

    def overlaps(self, other: "Mutant") -> bool:
        """Whether the two mappings are the same, or one is inside the other."""
        length = min(len(self.place), len(other.place))
        return self.file == other.file and self.place[:length] == other.place[:length]


class Trial:
    """A copy of the repository in which mutants are tried."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._source = folder / "openapi"
        listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        # Write the unchanged files as those of mutants are written, with the same YAML library.
        # Then the file of a mutant differs from the unchanged file only in the changed fact.
        self._documents = read(ROOT / "openapi")
        for file in self._documents:
            self._write(file, self._documents[file])
        self._bundle = self._bundled()

    def quick(self, mutant: Mutant | None = None) -> tuple[str, str]:
        """Return the stage at which a mutant is killed, and what kills it; else two empty texts.

        Without a mutant, return what fails in the unchanged description.
        """
        with self._changed([mutant] if mutant else []):
            try:
                sources = load(self._source / SOURCES)
                documents = read(self._source)
                others = read_other_texts(self._source)
                findings = lint(documents, sources, overlays.read(self._source), others)
                if findings:
                    return "lint", findings[0].rule
                text = self._bundled()
            except BundleError as error:
                return "bundle", str(error).replace(f"{self._source}/", "")
            if mutant and text == self._bundle:
                return "equivalent", ""
            (self._folder / _BUNDLE_FILE).write_text(text, encoding="utf-8")
            options = ["-x"]
            # A file belongs to one family unless it is in openapi/ itself or in components/.
            if mutant and mutant.file.parent.name not in ("", "components"):
                options.append(f"--family={mutant.file.stem}")
            # These tests need no plugins, and start faster without them.
            killers = self._failing(FAMILY_TESTS, *options, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
            return ("family", killers[0]) if killers else ("", "")

    def wider(self, mutants: Iterable[Mutant], tests: Sequence[str], *options: str) -> list[str]:
        """Return the tests that fail if all these facts are changed at the same time."""
        with self._changed(mutants):
            done = self._run(GENERATE)
            return [GENERATE] if done.returncode else self._failing(tests, *options)

    @contextmanager
    def _changed(self, mutants: Iterable[Mutant]) -> Iterator[None]:
        changed = dict(self._documents)
        for mutant in mutants:
            changed[mutant.file] = replaced(changed[mutant.file], mutant.place, mutant.node)
        files = [file for file in changed if changed[file] is not self._documents[file]]
        try:
            for file in files:
                self._write(file, changed[file])
            yield
        finally:
            for file in files:
                self._write(file, self._documents[file])
            shutil.rmtree(self._folder / "generated")
            shutil.copytree(ROOT / "generated", self._folder / "generated")
            for path in (*PAGES, ROOT / "llms.txt"):
                shutil.copy2(path, self._folder / path.relative_to(ROOT))

    def _bundled(self) -> str:
        return json.dumps(bundle(self._source), indent=1, ensure_ascii=False) + "\n"

    def _write(self, file: Path, document: Any) -> None:
        text = yaml.dump(document, Dumper=_DUMPER, sort_keys=False, allow_unicode=True)
        (self._source / file).write_text(text, encoding="utf-8")

    def _failing(self, tests: Sequence[str], *options: str, **settings: str) -> list[str]:
        """Run tests, and return the names of those that fail.

        Args:
            tests: files, of which missing ones are skipped; or names of tests.
            options: options of pytest.
            settings: environment variables.
        """
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        existing = [file for file in files if (self._folder / file).exists()]
        if not existing:
            return []
        # pytest stops if it gets the name of a test that does not exist, and a changed fact can
        # change a name. So the names are written as failures of an earlier run, for --last-failed.
        named = {test: True for test in tests if "::" in test}
        cache = self._folder / ".pytest_cache" / "v" / "cache" / "lastfailed"
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text(json.dumps(named), encoding="utf-8")
        done = self._run("pytest", "--last-failed", "--tb=no", *options, *existing, **settings)
        if done.returncode in (0, 5):  # 5: no test is about the family
            return []
        # pytest writes the names of the failures to the same file. If we wrote names to it before,
        # some of them may be left.
        if not named and cache.exists():
            return list(json.loads(cache.read_text(encoding="utf-8")))
        found = re.findall(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
        return found or [f"pytest: {done.stdout}{done.stderr}"[-500:]]

    def _run(
        self, module: str, *arguments: str, **settings: str
    ) -> "subprocess.CompletedProcess[str]":
        paths = [str(self._folder / name) for name in ("generated", "overlay", ".")]
        # If PYTHONDONTWRITEBYTECODE is empty, Python writes compiled files, and starts faster.
        variables = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": ""}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self._folder,
            env={**os.environ, **variables, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
