"""TypeScript clients that others generate: compiled as they are, and run against `kling mock`."""

import re
import shutil
from pathlib import Path

import pytest
from openapi_generator import generated

from scripts.publish.node_tools import node, tool

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).with_name("typescript")


@pytest.fixture(scope="module")
def mock(module_mock_process):
    return module_mock_process("--as-of", "2026-03-01", "--speed", "100")


def openapi_fetch(run, description, folder):
    run(*tool("openapi-typescript"), description, "--output", folder / "generated.ts")


def hey_api(run, description, folder):
    run(*tool("openapi-ts"), "--input", description, "--output", folder / "generated")


def typescript_fetch(run, description, folder):
    one_of = folder / "one-of.json"  # as the README has it
    one_of.write_text(description.read_text("utf-8").replace('"anyOf"', '"oneOf"'), "utf-8")
    generated(run, "typescript-fetch", one_of, folder / "generated")


@pytest.mark.parametrize(
    ("generate", "description"),
    [
        (openapi_fetch, "kling-openapi.json"),
        (openapi_fetch, "kling-openapi.portable.json"),
        (hey_api, "kling-openapi.json"),
        (hey_api, "kling-openapi.portable.json"),
        (typescript_fetch, "kling-openapi.portable.json"),
        (typescript_fetch, "kling-openapi.portable-3.0.json"),
    ],
)
def test_a_client_compiles_and_makes_a_video(generate, description, spec, run, workshop, mock):
    generate(run, spec / description, workshop)
    program = shutil.copy(PROGRAMS / f"{generate.__name__}.ts", workshop)
    shutil.copy(PROGRAMS / "tsconfig.json", workshop)

    run(*tool("tsc"), cwd=workshop)

    video = workshop / "video.mp4"
    program = workshop / "built" / f"{generate.__name__}.js"
    transcript = run(node(), program, mock.url, "mock-api-key", video)
    assert transcript.split("\n")[:-1] == ["refused 400 1201", "submitted", "processing", "succeed"]
    assert video.read_bytes()[4:8] == b"ftyp"


def test_the_program_of_the_page_has_right_types_and_prints_a_video(spec, run, workshop, mock):
    page = (ROOT / "docs/how-to/other-languages.md").read_text("utf-8")
    [program] = re.findall(r"```ts\n(.*?)```", page, re.DOTALL)
    [command] = re.findall(r"^npx tsc (.*)", page, re.MULTILINE)
    (workshop / "video.ts").write_text(program, "utf-8")
    run(
        *tool("openapi-typescript"),
        spec / "kling-openapi.portable.json",
        "-o",
        workshop / "kling.ts",
    )

    run(*tool("tsc"), *command.split(), cwd=workshop)

    keys = {"KLING_BASE_URL": mock.url, "KLING_API_KEY": "mock-api-key"}
    printed = run(node(), "video.ts", cwd=workshop, **keys)
    assert printed.startswith(f"succeed {mock.url}/")
