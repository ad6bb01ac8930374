"""Test the wheel as users install it: with the lowest and with the newest allowed dependencies.

The development environment may have other versions, because its tools restrict them further.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "installed"
RESOLUTIONS = ("lowest-direct", "highest")
# Together, these tests use all dependencies: httpx, attrs, pyjwt, click and uvicorn. They also test
# rules and media files.
TESTS = (
    *(f"tests/overlay/test_{name}.py" for name in ("client", "async_client", "replies", "list")),
    *(f"tests/overlay/test_{name}.py" for name in ("downloads", "retries", "submission", "media")),
    *(f"tests/overlay/test_{name}.py" for name in ("credentials", "callbacks", "secrets")),
    *(f"tests/overlay/test_{name}.py" for name in ("commands", "command_line", "public_names")),
    *(f"tests/mock/test_{name}.py" for name in ("serving", "credentials", "stories", "faults")),
    "tests/openapi/test_rules.py",
)


def main() -> int:
    """Build the wheel, test it with the lowest and the highest versions; return the exit code."""
    wheels = FOLDER / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    run("pip", "wheel", "--no-deps", "--wheel-dir", str(wheels), ".")
    (wheel,) = wheels.iterdir()
    return max(check(wheel, resolution) for resolution in RESOLUTIONS)


def check(wheel: Path, resolution: str) -> int:
    """Test a wheel with the versions that uv selects by a resolution; return pytest's exit code."""
    folder = FOLDER / resolution
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pins = FOLDER / f"{resolution}.txt"
    run("uv", "venv", "--clear", "--python", sys.executable, str(folder))
    resolve = ("--resolution", resolution, "--extra", "cli", "--python", str(python))
    run("uv", "pip", "compile", *resolve, "--no-header", "-o", str(pins), "pyproject.toml")
    install = ("--python", str(python), "--constraint", str(pins), "--group", "installed")
    run("uv", "pip", "install", *install, f"{wheel}[cli]")
    print(f"Testing {wheel.name} with:", *pins_in(pins), flush=True)
    parallel = ("-n", "auto", "--dist", "worksteal")
    pytest = (str(python), "-m", "pytest", "-q", *parallel, "-p", "no:cacheprovider")
    return subprocess.run([*pytest, *TESTS], cwd=ROOT, check=False).returncode


def run(module: str, *arguments: str) -> None:
    """Run pip or uv quietly."""
    subprocess.run([sys.executable, "-m", module, *arguments, "--quiet"], cwd=ROOT, check=True)


def pins_in(path: Path) -> list[str]:
    """Return the pinned versions in a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "==" in line and not line.startswith((" ", "#"))]


if __name__ == "__main__":
    sys.exit(main())
