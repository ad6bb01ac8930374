"""The packages of npm are there as a whole, or not at all."""

import pytest

from scripts.publish import node_tools


@pytest.fixture
def build(tmp_path, monkeypatch):
    monkeypatch.setattr(node_tools, "_BUILD", tmp_path / "build")
    return tmp_path / "build"


def half(folder):
    (folder / "half").write_text("a program that")
    raise KeyboardInterrupt


def whole(folder):
    (folder / "whole").write_text("a program")


def test_what_was_broken_off_is_not_taken_for_whole(build, monkeypatch):
    monkeypatch.setattr(node_tools, "_install", half)
    with pytest.raises(KeyboardInterrupt):
        node_tools.packages()
    monkeypatch.setattr(node_tools, "_install", whole)

    found = node_tools.packages()

    assert {path.name for path in found.iterdir()} == {"package.json", "whole"}
    assert list(build.iterdir()) == [found]


def test_two_at_once_do_not_mix(build, monkeypatch):
    def another_was_faster(folder):
        whole(folder)
        monkeypatch.setattr(node_tools, "_install", whole)
        node_tools.packages()

    monkeypatch.setattr(node_tools, "_install", another_was_faster)

    found = node_tools.packages()

    assert {path.name for path in found.iterdir()} == {"package.json", "whole"}
    assert list(build.iterdir()) == [found]


def test_other_versions_are_installed_beside(build, monkeypatch, tmp_path):
    monkeypatch.setattr(node_tools, "_install", whole)
    before = node_tools.packages()
    manifest = tmp_path / "package.json"
    manifest.write_text("{}")
    monkeypatch.setattr(node_tools, "_MANIFEST", manifest)

    assert node_tools.packages() != before


def test_npm_says_why_it_cannot(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"a": "file:./nowhere.tgz"}}')

    with pytest.raises(node_tools.NodeError, match="nowhere"):
        node_tools._install(tmp_path)
