"""What `make demo` installs, and what it prints where nobody watches."""

import shutil
import subprocess
from pathlib import Path

import hurried
import pytest

from scripts.demo import main

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("target", "needs_more"), [("demo", False), ("mock", False), ("check", True)]
)
def test_a_target_installs_no_more_than_it_needs(
    target: str, needs_more: bool, tmp_path: Path
) -> None:
    for name in ("Makefile", "pyproject.toml", "openapi/openapi.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)

    commands = subprocess.run(
        ["make", "--dry-run", target], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    assert '--editable ".[cli]"' in commands
    assert ("--group dev" in commands) == needs_more


def test_a_pipe_gets_a_line_for_each_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    hurried.hurry(monkeypatch.setattr)

    main("--speed", "60000", "--as-of", "2026-11-01")

    printed = capfd.readouterr().out
    assert "\r" not in printed
    for family in ("text_to_video", "image_to_video"):
        [submitted, *_, succeeded] = [
            line for line in printed.splitlines() if line.startswith(f"{family}/")
        ]
        assert submitted.endswith(" submitted")
        assert succeeded.endswith(" succeeded")
        assert list(tmp_path.glob(f"out/{family}-*.mp4"))
