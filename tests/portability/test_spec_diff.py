"""What a change of the description means for its users: how bad it is, and where."""

import copy
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from bundle import bundle, holders
from spec_diff import BREAKS, BUNDLE, MAY, NEW, SpecDiffError, changes, main, report

ROOT = Path(__file__).parents[2]
PATH = "/v1/videos/text2video"
CREATE = "createTextToVideoTask"
PROMPT = f"{CREATE} `prompt`"
BODY = "TextToVideoRequest"


@pytest.fixture(scope="session")
def whole():
    return bundle(ROOT / "openapi")


def schema(api, name):
    return api["components"]["schemas"][name]


def field(api, name):
    return schema(api, BODY)["properties"][name]


def rule(api):
    return schema(api, BODY)["allOf"][0]


def add_field(api, required):
    body = schema(api, BODY)
    body["properties"]["seed"] = {"type": "integer"}
    body.setdefault("required", []).extend(["seed"] * required)


def add_rule(api):
    tag = {"id": "text-to-video.new", "field": "prompt"}
    added = {"x-kling-rule": tag, "description": "prompt must go.", "not": {"required": ["prompt"]}}
    schema(api, BODY)["allOf"].append(added)


def add_advice(api):
    advice = {"id": "text-to-video.new", "field": "prompt", "description": "prompt should go."}
    schema(api, BODY)["x-kling-advice"].append({**advice, "schema": {"type": "object"}})


NEW_CODE = {"code": 9999, "status": 400, "meaning": "Something", "remedy": "none"}


def narrow(field, limit):
    field[limit] -= 1


def widen(field, limit):
    field[limit] += 1


ONE = {
    "a removed value": (
        lambda api: schema(api, "TextToVideoModel")["enum"].pop(),
        (BREAKS, "removed the enum value", CREATE),
    ),
    "a new required field": (
        lambda api: add_field(api, required=True),
        (BREAKS, "new required request property `seed`", CREATE),
    ),
    "a new optional field": (
        lambda api: add_field(api, required=False),
        (NEW, "new optional request property `seed`", CREATE),
    ),
    "a removed field, for bodies are closed": (
        lambda api: schema(api, BODY)["properties"].pop("cfg_scale"),
        (BREAKS, "removed the request property `cfg_scale`", CREATE),
    ),
    "a shorter text": (
        lambda api: narrow(field(api, "prompt"), "maxLength"),
        (BREAKS, "`prompt` request property's maxLength was decreased", CREATE),
    ),
    "a shorter list": (
        lambda api: narrow(field(api, "multi_prompt"), "maxItems"),
        (BREAKS, "`maxItems` changed", f"{BODY}.multi_prompt"),
    ),
    "a longer list": (
        lambda api: widen(field(api, "multi_prompt"), "maxItems"),
        (NEW, "`maxItems` changed", f"{BODY}.multi_prompt"),
    ),
    "a new name in generated clients": (
        lambda api: api["paths"][PATH]["post"].update(operationId="createVideo"),
        (MAY, "replaced with `createVideo`", CREATE),
    ),
    "a new rule": (
        add_rule,
        (MAY, "rule text-to-video.new is new: prompt must go.", PROMPT),
    ),
    "a removed rule": (
        lambda api: schema(api, BODY)["allOf"].pop(0),
        (NEW, "rule text-to-video.prompt-required is gone", PROMPT),
    ),
    "a rule that demands something else": (
        lambda api: rule(api)["then"].clear(),
        (MAY, "rule text-to-video.prompt-required demands something else", PROMPT),
    ),
    "other words of a rule": (
        lambda api: rule(api).update(description="prompt, please."),
        (NEW, "has other words: prompt, please.", PROMPT),
    ),
    "new advice": (
        add_advice,
        (NEW, "advice text-to-video.new is new: prompt should go.", PROMPT),
    ),
    "another default of Kling's": (
        lambda api: field(api, "mode").update({"x-kling-default": "pro"}),
        (MAY, '`x-kling-default` changed from "std" to "pro"', f"{BODY}.mode"),
    ),
    "a day of retirement": (
        lambda api: schema(api, "TextToVideoModel")["x-kling-retired"].update(new="2027-01-01"),
        (MAY, 'x-kling-retired.new` changed from nothing to "2027-01-01"', "TextToVideoModel"),
    ),
    "a new code of an error": (
        lambda api: schema(api, "ErrorCode")["x-kling-error"].append(NEW_CODE),
        (MAY, '`x-kling-error.9999` changed from nothing to {"code": 9999,', "ErrorCode"),
    ),
    "other words of an error": (
        lambda api: schema(api, "ErrorCode")["x-kling-error"][0].update(remedy="none"),
        (NEW, ' to "none"', "ErrorCode"),
    ),
    "a removed host": (
        lambda api: api["servers"].pop(),
        (MAY, "`servers.https://api-beijing.klingai.com` changed from {", ""),
    ),
    "credentials that are no longer taken": (
        lambda api: api["security"].pop(),
        (MAY, "`security` changed from", ""),
    ),
}


@pytest.mark.parametrize("name", ONE)
def test_a_change_is_told_once_with_its_weight_and_place(whole, name):
    change, (level, words, place) = ONE[name]
    new = copy.deepcopy(whole)
    change(new)

    (told,) = changes(whole, new)

    assert words in told.said
    assert (told.level, told.place) == (level, place)


def words_of_people(api):
    for holder in holders(api["paths"], "x-kling-source"):
        holder["x-kling-source"]["checked"] = "2030-01-01"
    api["info"]["version"] = "2030.1.0"
    field(api, "prompt")["description"] = "What to show."


def constants_without_types(api):
    for holder in holders(api["components"]["schemas"], "const"):
        holder.pop("type", None)


@pytest.mark.parametrize("change", [lambda api: None, words_of_people, constants_without_types])
def test_what_no_program_notices_is_not_told(whole, change):
    new = copy.deepcopy(whole)
    change(new)

    assert list(changes(whole, new)) == []


@pytest.mark.parametrize("deprecated", [False, True])
def test_a_removed_operation_breaks_whether_it_was_announced_or_not(whole, deprecated):
    old, new = copy.deepcopy(whole), copy.deepcopy(whole)
    old["paths"][PATH]["post"]["deprecated"] = deprecated
    del new["paths"][PATH]["post"]

    told = {(one.level, one.said, one.place) for one in changes(old, new)}

    assert (BREAKS, "endpoint removed", CREATE) in told
    # In a generated client its classes are gone too; nothing else is worth a word.
    assert (MAY, f"removed the schema `{BODY}`", "") in told
    told.remove((BREAKS, "endpoint removed", CREATE))
    assert {(level, said.rpartition(" ")[0]) for level, said, _ in told} == {
        (MAY, "removed the schema")
    }


def test_a_new_operation_is_told_without_its_rules(whole):
    old = copy.deepcopy(whole)
    del old["paths"][PATH]["post"]

    assert {(told.level, told.said, told.place) for told in changes(old, whole)} == {
        (NEW, "endpoint added", CREATE)
    }


def test_a_change_in_many_places_is_printed_once(whole):
    new = copy.deepcopy(whole)
    schema(new, "TaskStatus")["enum"].append("paused")
    schema(new, "TextToVideoModel")["enum"].pop()
    add_field(new, required=True)
    schema(new, "ApiError")["required"].remove("code")
    schema(new, "ImageInput")["allOf"][0]["description"] = "bare base64, please."

    found = list(changes(whole, new))
    lines = "\n".join(report(found)).split("\n")

    breaks, news = lines.index("What breaks"), lines.index("What is new")
    assert breaks < news
    assert lines.count(f"    {CREATE}") == 1  # for two changes
    for words, is_new in (
        ("`code` became optional", False),  # a status a reply
        ("`paused`", True),
        ("bare base64, please.", True),
    ):
        (number,) = (number for number, line in enumerate(lines) if words in line)
        assert (number > news) == is_new
        assert sum(words in change.said for change in found) > 10
    assert max(map(len, lines)) <= 100


def test_what_oasdiff_cannot_read_is_an_error(whole):
    new = copy.deepcopy(whole)
    field(new, "prompt")["not"] = False

    with pytest.raises(SpecDiffError, match=r"oasdiff: .*not of type"):
        list(changes(whole, new))


@pytest.fixture
def repository(tmp_path, monkeypatch, whole):
    """Return a copy of the description in a repository, and a function that commits a bundle."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    shutil.copytree(ROOT / "openapi", tmp_path / "openapi")

    def git(*arguments):
        names = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(change, tag=None):
        old = copy.deepcopy(whole)
        change(old)
        (tmp_path / BUNDLE).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / BUNDLE).write_text(json.dumps(old), encoding="utf-8")
        git("add", BUNDLE)
        git("commit", "--message", "a bundle")
        if tag:
            git("tag", tag)

    git("init")
    git("commit", "--allow-empty", "--message", "nothing yet")
    return tmp_path, commit


def test_the_exit_code_says_whether_something_breaks(repository, capsys):
    root, commit = repository
    commit(lambda api: add_field(api, required=False), tag="2026.10.0")  # which is gone today
    commit(lambda api: schema(api, "TextToVideoModel")["enum"].pop())
    commit(lambda api: None)

    assert main(["2026.10.0"], root) == 1
    assert "What breaks\n- removed the request property `seed`" in capsys.readouterr().out
    assert main([], root) == 1
    assert capsys.readouterr().out.startswith("Since 2026.10.0:\n")
    assert main(["HEAD~1"], root) == 0
    assert "What is new\n- added the new" in capsys.readouterr().out
    assert main(["HEAD"], root) == 0
    assert capsys.readouterr().out == "Since HEAD nothing changed for users.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2020.1.0"], "2020.1.0"),
        (["HEAD"], f"path '{BUNDLE}' does not exist in 'HEAD'"),
        ([], "name a revision, BASE=REV, for there is no tag"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(repository, capsys, arguments, said):
    root, _ = repository

    assert main(arguments, root) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("spec-diff: ")
    assert said in line
