"""The files that openapi-python-client needs to generate a client under another package name."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kling.description import source

_COMMANDS = """\
pip install -r {0}/requirements.txt
python {0}/template_edits.py
openapi-python-client generate --meta none --config {0}/client.yaml \\
  --custom-template-path {0}/assembled --path {0}/openapi.json --output-path my_kling"""


def write_generator(folder: Path, dialect: str = "") -> str:
    """Write the files that the generator needs into a folder, and return the commands to run.

    Args:
        folder: the folder.
        dialect: the variant of the description, such as the one for the host in China.
    """
    _copy(files("kling._cli").joinpath("generator_kit"), folder)
    (folder / "openapi.json").write_text(source(dialect, portable=True), encoding="utf-8")
    return _COMMANDS.format(folder)


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
