"""The files of the page, as they lie there; no browser is needed."""

import hashlib
import re
from importlib.resources import files

import pytest

# private: the files themselves.
FOLDER = files("kling.mock._control") / "page"
OURS = [one for one in FOLDER.iterdir() if not one.name.startswith("redoc.")]


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_a_page_of_ours_names_no_foreign_host(file):
    assert re.findall(r"https?://[\w.]+", file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "file", [one for one in OURS if one.name.endswith(".html")], ids=lambda file: file.name
)
def test_markup_holds_no_script_and_no_style(file):
    text = file.read_text(encoding="utf-8")

    # The policy that is sent with it would not let them run.
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", text) == []


def test_redoc_is_as_its_makers_packed_it():
    body = (FOLDER / "redoc.standalone.js").read_bytes()

    # Version 2.5.4. Whoever takes a newer one renews both licences with it.
    digest = "dcaf76612bc4a3fbcc923a8966dee2f6146a5f32e5ce1b6f02dd60cbbf89500b"
    assert hashlib.sha256(body).hexdigest() == digest
    assert "MIT License" in (FOLDER / "redoc.LICENSE.txt").read_text(encoding="utf-8")
    others = (FOLDER / "redoc.standalone.js.LICENSE.txt").read_text(encoding="utf-8")
    for work in ("React", "DOMPurify", "Prism", "lunr", "perfect-scrollbar"):
        assert work in others
