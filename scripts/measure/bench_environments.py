"""The environments in which `bench` measures, and the processes that it runs there.

They are in .venv-bench/, without the development tools of the project.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / ".venv-bench"
PORTABLE = ROOT / "generated" / "kling_api" / "openapi.portable.json"


def own_environment() -> Path:
    """Build the current package, and return the interpreter of an environment that has it."""
    with tempfile.TemporaryDirectory() as folder:
        pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
        wheel = next(Path(folder).glob("*.whl"))
        pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        python = environment("kling", f"{wheel}[cli]", made_for=pyproject)
        if python is None:
            sys.exit("bench: the package cannot be installed")
        # An environment that was not recreated has the package as it was in an earlier run.
        pip("--python", python, "install", "--no-deps", "--force-reinstall", wheel)
    return python


def environment(name: str, *requirements: str | Path, made_for: str = "") -> Path | None:
    """Return the interpreter of an environment, which is recreated if its requirements changed.

    Return None if the requirements cannot be installed. If `made_for` is given, the environment is
    recreated if this text has changed, instead of the requirements.
    """
    folder = ENVIRONMENTS / name
    python, ready = folder / "bin" / "python", folder / ".ready"
    wanted = "\n".join([sys.version, made_for or repr(requirements)])
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        output(sys.executable, "-m", "venv", "--clear", "--without-pip", folder)
        try:
            pip("--python", python, "install", *requirements)
        except subprocess.CalledProcessError as error:
            print(f"bench: {last_line(error.stderr)}", file=sys.stderr)
            return None
        ready.write_text(wanted, encoding="utf-8")
    return python


def stock_environment() -> Path | None:
    """Return the interpreter of an environment with the package `stock_client`.

    The unmodified generator makes this client. Return None if its requirements cannot be installed.
    """
    python = environment("stock", "httpx>=0.28,<0.29", "attrs", "python-dateutil")
    if python is not None:
        packages = output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        target = Path(packages.strip()) / "stock_client"
        command: list[str | Path] = [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--overwrite", "--path", PORTABLE, "--output-path", target),
        ]
        subprocess.run(command, check=True, capture_output=True, text=True)
        output(python, "-m", "compileall", "-q", target)
    return python


def pip(*arguments: Any) -> None:
    """Run the pip of the project, which can also install into other environments."""
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )


def output(python: str | Path, *arguments: str | Path) -> str:
    """Run an interpreter in isolated mode (-I), and return its output.

    Raises:
        CalledProcessError: the exit code of the interpreter is not 0.
    """
    command = [python, "-I", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def last_line(text: str) -> str:
    """Return the last line of a traceback or of pip's output, which says what failed."""
    return text.strip().rpartition("\n")[2]
