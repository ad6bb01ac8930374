"""What mkdocs does for this site beside its configuration: pages written at build time."""

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

from scripts.site.http_pages import HttpPages  # noqa: E402 (after the path is set)

_HTTP = "reference/http/"
_SHIM = "https://unpkg.com/iframe-worker/shim"


_written: dict[str, str] = {}
"""The text of each page that no person writes, by its path."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write the pages of the families and of the command line, and name them in the navigation."""
    bundle = ROOT / "generated" / "kling_api" / "openapi.json"
    whole = json.loads(bundle.read_text(encoding="utf-8"))
    http = {f"{_HTTP}{slug}.md": text for slug, text in HttpPages(whole, _models()).pages()}
    _written.update(http)
    _written["reference/command-line.md"] = _command_line()
    reference = next(part["Reference"] for part in config.nav or () if "Reference" in part)
    reference[reference.index(_HTTP)] = {"HTTP": list(http)}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was written."""
    for path, text in _written.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let the search that works from a file come from the site, not from another host."""
    del config
    depth = page.url.count("/")
    return output.replace(_SHIM, f"{'../' * depth}assets/iframe-worker.js")


def on_post_template(output_content: str, **more: Any) -> str:
    """Do so on pages that are no Markdown, such as 404.html."""
    del more
    return output_content.replace(_SHIM, "/assets/iframe-worker.js")


def _models() -> dict[str, str]:
    """Return what `kling models` prints of each family."""
    found: dict[str, list[str]] = {}
    family = ""
    for line in _printed("models").split("\n"):
        if line and not line.startswith(" "):
            family = line
        elif line:
            found.setdefault(family, []).append(line.removeprefix("  "))
    return {name: "\n".join(lines) for name, lines in found.items()}


def _command_line() -> str:
    top = _printed("--help")
    parts = ["# The command line", f"## kling\n\n```text\n{top}\n```"]
    parts += [
        f"## kling {command}\n\n```text\n{_printed(command, '--help')}\n```"
        for command in _commands(top)
    ]
    return "\n\n".join(parts) + "\n"


def _commands(help_text: str) -> Iterator[str]:
    for line in help_text.partition("\nCommands:\n")[2].split("\n"):
        if line.startswith("  ") and not line.startswith("   "):
            yield line.split()[0]


def _printed(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kling", *arguments],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.rstrip()
