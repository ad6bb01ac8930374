"""The hooks that mkdocs calls while it builds this site. They generate pages."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # mkdocs loads this file by its path

from scripts.site.http_pages import HttpPages, control_paths  # noqa: E402 (after the path is set)

_HTTP = "reference/http/"
# The theme loads a script for search from this address.
_SHIM = "https://unpkg.com/iframe-worker/shim"
# Modules of `scripts` may import only `kling.description` from the package. So this program, which
# imports `kling.mock`, runs in a new process.
_ASK_MOCK = """
import httpx, kling.mock
transport = kling.mock.KlingMock().transport
with httpx.Client(transport=transport, base_url="http://127.0.0.1") as client:
    print(client.get("/_mock/control.openapi.json").text)
"""

_written: dict[str, str] = {}
"""The text of each generated page, by its path."""

_appended: dict[str, str] = {}
"""The generated text that is appended to a page, by the path of the page."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Generate the pages of families, commands and the mock, and add the families to `nav`."""
    bundle_file = ROOT / "generated" / "kling_api" / "openapi.json"
    bundle = json.loads(bundle_file.read_text(encoding="utf-8"))
    http = {f"{_HTTP}{slug}.md": text for slug, text in HttpPages(bundle, _models()).pages()}
    _written.update(http)
    _appended["reference/command-line.md"] = _command_line()
    control = json.loads(_printed("-c", _ASK_MOCK))
    _appended["reference/mock-control.md"] = control_paths(control)
    # mkdocs.yml has only the path of the folder. Put the pages of families in its place.
    reference = next(part["Reference"] for part in config.nav or () if "Reference" in part)
    reference[reference.index(_HTTP)] = {"HTTP": list(http)}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for path, text in _written.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **more: Any) -> str:
    """Append the generated text to a page."""
    del more
    return f"{markdown}\n{_appended.get(page.file.src_uri, '')}"


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Change the address of the script for search, so that it is loaded from the site."""
    del config
    depth = page.url.count("/")
    return output.replace(_SHIM, f"{'../' * depth}assets/iframe-worker.js")


def on_post_template(output_content: str, **more: Any) -> str:
    """Change this address in pages that are not made from Markdown, such as 404.html."""
    del more
    return output_content.replace(_SHIM, "/assets/iframe-worker.js")


def _models() -> dict[str, str]:
    """Return what `kling models` prints about each family."""
    found: dict[str, list[str]] = {}
    family = ""
    for line in _kling("models").split("\n"):
        if line and not line.startswith(" "):  # the name of a family; its lines are indented
            family = line
        elif line:
            found.setdefault(family, []).append(line.removeprefix("  "))
    return {name: "\n".join(lines) for name, lines in found.items()}


def _command_line(*command: str) -> str:
    """Return the help of a command and of each of its subcommands."""
    text = _kling(*command, "--help")
    title = " ".join(["kling", *command])
    parts = [f"{'##' if len(command) < 2 else '###'} {title}", f"```text\n{text}\n```"]
    parts += [_command_line(*command, name) for name in _commands(text)]
    return "\n\n".join(parts) + "\n"


def _commands(help_text: str) -> Iterator[str]:
    for line in help_text.partition("\nCommands:\n")[2].split("\n"):
        # More than two spaces begin the second line of a text about a command.
        if line.startswith("  ") and not line.startswith("   "):
            yield line.split()[0]


def _kling(*arguments: str) -> str:
    return _printed("-m", "kling", *arguments)


def _printed(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.rstrip()
