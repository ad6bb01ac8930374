"""What a user gets: a wheel with two packages and all that they read, and a source archive."""

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def built(kind: str, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (archive,) = folder.iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(built("wheel", tmp_path_factory.mktemp("wheel")))


@pytest.fixture
def metadata(wheel: zipfile.ZipFile) -> str:
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    return wheel.read(name).decode()


def test_the_wheel_holds_both_packages_and_their_data(
    wheel: zipfile.ZipFile, metadata: str
) -> None:
    names = set(wheel.namelist())

    assert names >= {
        "kling/py.typed",
        "kling/mock/_samples/files/video-1280x720.h264",
        "kling_api/py.typed",
        "kling_api/openapi.json",
        "kling_api/openapi.portable.json",
        "kling/_cli/generator_kit/client.yaml",
        "kling/_cli/generator_kit/template_edits.py",
        "kling/_cli/generator_kit/templates/literal_enum.py.jinja",
        "kling_api/dialects/china.json",
        "kling_api/dialects/china.portable.json",
    }
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "kling",
        "kling_api",
    }
    version = re.search(r"version: (\S+)", (ROOT / "openapi/openapi.yaml").read_text())
    assert version is not None
    assert f"\nVersion: {version[1]}\n" in metadata


def test_the_page_of_the_package_has_no_dead_links(metadata: str) -> None:
    _, _, page = metadata.partition("\n\n")
    links = re.findall(r"""\]\(([^)]*)\)|\]: *(\S+)|(?:href|src)=["']([^"']*)""", page)

    assert page.startswith("# kling-openapi")
    assert "pip install" in page
    assert [link for groups in links for link in groups if link and "://" not in link] == []


def test_the_page_of_the_package_names_no_command_of_a_checkout(metadata: str) -> None:
    _, _, page = metadata.partition("\n\n")

    assert re.findall(r"`make [^`]*`|^make .*", page, re.MULTILINE) == []
    assert "checkout -->" not in page


def test_a_version_of_python_that_is_tested_has_a_classifier(metadata: str) -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (tested,) = re.findall(r"python: \[(.*)\]", workflow)

    classifiers = re.findall(r"Classifier: Programming Language :: Python :: (3\.\d+)", metadata)
    assert classifiers == re.findall(r"3\.\d+", tested)


def test_the_source_archive_holds_what_a_contributor_reads(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    folders = ("openapi", "overlay", "scripts", "tests", "generated", ".github")
    files = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    pages = {path.name for path in ROOT.glob("*.md")}
    assert files | pages | {"LICENSE", "Makefile", "llms.txt"} <= names
