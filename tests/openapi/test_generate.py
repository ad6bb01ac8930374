"""What the generator may not do unnoticed."""

import shutil
from pathlib import Path

import pytest
import template_edits
from template_edits import TemplateError, assemble

from scripts.build import generate, tables
from scripts.build.bundle import Document, bundle
from scripts.lint import run as house_rules

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Document]:
    """Generate once, which takes seconds."""
    folder = tmp_path_factory.mktemp("fresh") / "generated"
    return folder, generate.generate(ROOT / "openapi", folder)


@pytest.fixture
def once(fresh: tuple[Path, Document], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, whole = fresh

    def copied(source: Path, target: Path) -> Document:
        assert source == ROOT / "openapi"
        shutil.copytree(folder, target)
        return whole

    monkeypatch.setattr(generate, "generate", copied)


@pytest.mark.usefixtures("once")
def test_generated_is_what_the_description_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("once")
def test_a_stale_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "generated"
    shutil.copytree(ROOT / "generated", stale)
    (stale / "rules.txt").write_text("something else\n")
    monkeypatch.setattr(generate, "GENERATED", stale)

    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().err == "generated/rules.txt is not up to date: run `make generate`\n"


@pytest.mark.usefixtures("once")
def test_a_stale_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "llms.txt"
    current = generate.LLMS.read_text("utf-8")
    stale.write_text(current.replace("A video from a prompt.", "A film."), "utf-8")
    monkeypatch.setattr(generate, "LLMS", stale)

    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().err == "llms.txt is not up to date: run `make generate`\n"


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(
    "page",
    [page for page in tables.PAGES if "written by make generate" in page.read_text("utf-8")],
    ids=lambda page: page.stem,
)
def test_a_page_with_a_stale_table_is_named(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / page.name
    stale.write_text(page.read_text("utf-8").replace("| --- |", "| -- |"), "utf-8")
    monkeypatch.setattr(tables, "PAGES", [stale])

    assert generate.main(["--check"]) == 1
    said = f"{page.name} is not up to date: run `make generate`\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("change", ["dropped", "untyped"])
def test_an_operation_that_the_generator_did_not_understand_is_an_error(
    change: str, tmp_path: Path
) -> None:
    package = tmp_path / "kling_api"
    shutil.copytree(ROOT / "generated" / "kling_api", package)
    module = package / "api" / "avatar" / "create_avatar_task.py"
    if change == "dropped":
        module.unlink()
    else:
        module.write_text("def sync(body: Any): ...")

    with pytest.raises(generate.GenerateError):
        generate._check_package(bundle(ROOT / "openapi"), package)


def test_a_broken_description_is_reported_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "openapi", tmp_path / "openapi")
    (tmp_path / "openapi" / "stray.yaml").write_text("a: 1\n")
    monkeypatch.setattr(generate, "ROOT", tmp_path)

    assert generate.main([]) == 1
    assert "stray.yaml" in capsys.readouterr().err


def test_what_the_house_rules_refuse_is_refused_with_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "openapi", tmp_path / "openapi")
    family = tmp_path / "openapi" / "v1" / "avatar.yaml"
    written = "$ref: '#/components/schemas/AvatarMode'"
    text = family.read_text("utf-8")
    assert written in text
    family.write_text(text.replace(written, "type: string\n          enum: [std, pro]"), "utf-8")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "GENERATED", tmp_path / "generated")

    assert generate.main([]) == 1
    assert not (tmp_path / "generated").exists()
    said = capsys.readouterr().out
    assert said.startswith("openapi/v1/avatar.yaml: ")
    assert house_rules.main([str(tmp_path / "openapi")]) == 1
    assert capsys.readouterr().out == said


def test_another_version_of_a_template_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(template_edits.HASHES, "model.py.jinja", "of another version")

    with pytest.raises(TemplateError, match=r"model\.py\.jinja"):
        assemble(tmp_path)


def test_every_template_edit_changes_something() -> None:
    for name, edits in template_edits.EDITS.items():
        text = (template_edits.upstream() / name).read_text()

        assert all(old in text for old, _ in edits)
