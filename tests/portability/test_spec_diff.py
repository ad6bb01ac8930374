"""What a change of the description means for its users: how bad it is, and where."""

import copy
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.build.bundle import bundle, holders
from scripts.publish.node_tools import NodeError
from scripts.publish.spec_changes import BREAKS, LIMITS, MAY_BREAK, NEW, overlooked
from scripts.publish.spec_diff import BUNDLE, DIALECTS, SpecDiffError, changes, main, report

ROOT = Path(__file__).parents[2]
PATH = "/v1/videos/text2video"
CREATE = "createTextToVideoTask"
PROMPT = f"{CREATE} `prompt`"
BODY = "TextToVideoRequest"
SCENE = "VideoEffectsScene"


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


def reply_list(api):
    return schema(api, "TaskResult")["properties"]["videos"]


def scenes(api):
    return schema(api, SCENE)["x-extensible"]


def check(api):
    (tag,) = (
        one["x-kling-rule"]
        for one in schema(api, BODY)["allOf"]
        if one["x-kling-rule"].get("check") == "shot-durations"
    )
    return tag


def parameter_lists(api):
    return [one["parameters"] for one in holders(api["paths"], "parameters") if "tags" in one]


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
        (BREAKS, "`maxLength` changed", f"{BODY}.prompt"),
    ),
    "a shorter list": (
        lambda api: narrow(field(api, "multi_prompt"), "maxItems"),
        (BREAKS, "`maxItems` changed", f"{BODY}.multi_prompt"),
    ),
    "a longer list": (
        lambda api: widen(field(api, "multi_prompt"), "maxItems"),
        (NEW, "`maxItems` changed", f"{BODY}.multi_prompt"),
    ),
    "a longer list in replies": (
        lambda api: reply_list(api).update(maxItems=9),
        (NEW, "`maxItems` changed from nothing to 9", "TaskResult.videos"),
    ),
    "a closed object in replies": (
        lambda api: schema(api, "TaskResult").update(additionalProperties=False),
        (NEW, "`additionalProperties` changed", "TaskResult"),
    ),
    "a limit of an alternative": (
        lambda api: narrow(
            schema(api, "OmniImageRequest")["properties"]["series_amount"]["anyOf"][0], "maximum"
        ),
        (BREAKS, "`maximum` changed", "OmniImageRequest.series_amount.anyOf"),
    ),
    "a limit of a parameter": (
        lambda api: narrow(api["components"]["parameters"]["PageSize"]["schema"], "maximum"),
        (BREAKS, "`maximum` changed", "PageSize.schema"),
    ),
    "a removed way to sign in": (
        lambda api: api["components"]["securitySchemes"].pop("accessToken"),
        (BREAKS, "security scheme `accessToken` was removed", ""),
    ),
    "another way to sign in": (
        lambda api: api["components"]["securitySchemes"]["accessToken"].update(
            type="apiKey", name="Authorization", **{"in": "header"}
        ),
        (BREAKS, "security scheme `accessToken` type changed", ""),
    ),
    "another page of keys": (
        lambda api: api["components"]["securitySchemes"]["apiKey"].update(
            {"x-kling-console": "https://kling.example/keys"}
        ),
        (NEW, "`x-kling-console` changed", "securitySchemes.apiKey"),
    ),
    "a known value that is new": (
        lambda api: scenes(api).append("dancing_fox"),
        (NEW, '`x-extensible.dancing_fox` changed from nothing to "dancing_fox"', SCENE),
    ),
    "a known value that is gone": (
        lambda api: scenes(api).pop(0),
        (MAY_BREAK, "`x-extensible.", SCENE),
    ),
    "a list in replies that is open no longer": (
        lambda api: schema(api, "TaskStatus").pop("x-extensible"),
        (MAY_BREAK, "`x-extensible` changed from true to nothing", "TaskStatus"),
    ),
    "what is said of an operation": (
        lambda api: api["paths"][PATH]["post"]["x-kling-task"].update(slots=2),
        (MAY_BREAK, "`x-kling-task.slots` changed from 1 to 2", CREATE),
    ),
    "an operation without callbacks": (
        lambda api: api["paths"][PATH]["post"].pop("callbacks"),
        (BREAKS, "`callbacks.taskChanged` changed from {", CREATE),
    ),
    "another way to sign callbacks": (
        lambda api: api["components"]["parameters"]["WebhookSignature"]["x-kling-signature"].update(
            added="x"
        ),
        (MAY_BREAK, '`x-kling-signature.added` changed from nothing to "x"', "WebhookSignature"),
    ),
    "another JSON Schema": (
        lambda api: api.update(jsonSchemaDialect="https://spec.openapis.org/oas/3.1/dialect/base"),
        (MAY_BREAK, "`jsonSchemaDialect` changed", ""),
    ),
    "a new host": (
        lambda api: api["servers"].append({"url": "https://kling.example", "description": "New."}),
        (NEW, "`servers.https://kling.example` changed from nothing", ""),
    ),
    "another host as the first": (
        lambda api: api["servers"].reverse(),
        (MAY_BREAK, "generated clients now use https://api-beijing.klingai.com by default", ""),
    ),
    "a rule that another function checks": (
        lambda api: check(api).update(check="shot-indexes"),
        (
            MAY_BREAK,
            "rule text-to-video.shot-durations has a new condition",
            f"{CREATE} `multi_prompt`",
        ),
    ),
    "a new name in generated clients": (
        lambda api: api["paths"][PATH]["post"].update(operationId="createVideo"),
        (MAY_BREAK, "replaced with `createVideo`", CREATE),
    ),
    "a new rule": (
        add_rule,
        (MAY_BREAK, "rule text-to-video.new is new: prompt must go.", PROMPT),
    ),
    "a removed rule": (
        lambda api: schema(api, BODY)["allOf"].pop(0),
        (NEW, "rule text-to-video.prompt-required was removed", PROMPT),
    ),
    "a rule that has a new condition": (
        lambda api: rule(api)["then"].clear(),
        (MAY_BREAK, "rule text-to-video.prompt-required has a new condition", PROMPT),
    ),
    "other words of a rule": (
        lambda api: rule(api).update(description="prompt, please."),
        (NEW, "has a new message: prompt, please.", PROMPT),
    ),
    "new advice": (
        add_advice,
        (NEW, "advice text-to-video.new is new: prompt should go.", PROMPT),
    ),
    "another default of Kling's": (
        lambda api: field(api, "mode").update({"x-kling-default": "pro"}),
        (MAY_BREAK, '`x-kling-default` changed from "std" to "pro"', f"{BODY}.mode"),
    ),
    "a day of retirement": (
        lambda api: schema(api, "TextToVideoModel")["x-kling-retired"].update(new="2027-01-01"),
        (
            MAY_BREAK,
            'x-kling-retired.new` changed from nothing to "2027-01-01"',
            "TextToVideoModel",
        ),
    ),
    "a new code of an error": (
        lambda api: schema(api, "ErrorCode")["x-kling-error"].append(NEW_CODE),
        (MAY_BREAK, '`x-kling-error.9999` changed from nothing to {"code": 9999,', "ErrorCode"),
    ),
    "another remedy of an error": (
        lambda api: schema(api, "ErrorCode")["x-kling-error"][0].update(remedy="none"),
        (NEW, ' to "none"', "ErrorCode"),
    ),
    "another meaning of an error": (
        lambda api: schema(api, "ErrorCode")["x-kling-error"][0].update(meaning="all"),
        (NEW, ' to "all"', "ErrorCode"),
    ),
    "a removed host": (
        lambda api: api["servers"].pop(),
        (MAY_BREAK, "`servers.https://api-beijing.klingai.com` changed from {", ""),
    ),
    "credentials that are no longer taken": (
        lambda api: api["security"].pop(),
        (MAY_BREAK, "`security` changed from", ""),
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


PAGE_SIZE = {"$ref": "#/components/parameters/PageSize"}
MANY = {
    "a removed field of replies": (
        lambda api: schema(api, "Task")["properties"].pop("final_unit_deduction"),
        (BREAKS, "removed the optional property `data/final_unit_deduction` from the response"),
    ),
    "a removed field of refusals": (
        lambda api: schema(api, "ApiError")["properties"].pop("request_id"),
        (BREAKS, "removed the optional property `request_id` from the response"),
    ),
    "another type in refusals": (
        lambda api: schema(api, "ApiError")["properties"]["message"].update(type="integer"),
        (BREAKS, "changed from `string`/`` to `integer`/``"),
    ),
    "a value that replies have no longer": (
        lambda api: schema(api, "TaskStatus")["enum"].pop(),
        (MAY_BREAK, "removed the `failed` enum value"),
    ),
    "a removed parameter": (
        lambda api: [one.remove(PAGE_SIZE) for one in parameter_lists(api) if PAGE_SIZE in one],
        (BREAKS, "deleted the `query` request parameter `pageSize`"),
    ),
    "callbacks without a signature": (
        lambda api: callback(api)["parameters"].pop(),
        (BREAKS, "post.parameters.webhook-signature` changed from {"),
    ),
    "callbacks with another body": (
        lambda api: callback(api)["requestBody"]["content"]["application/json"]["schema"].update(
            {"$ref": "#/components/schemas/UnifiedTask"}
        ),
        (BREAKS, 'schema` changed from "#/components/schemas/Task" to'),
    ),
}


def callback(api):
    ((_, item),) = api["components"]["callbacks"]["TaskChanged"].items()
    return item["post"]


@pytest.mark.parametrize("name", MANY)
def test_a_change_in_many_places_is_told_in_the_same_words(whole, name):
    change, (level, words) = MANY[name]
    new = copy.deepcopy(whole)
    change(new)

    ((told, said),) = {(change.level, change.said) for change in changes(whole, new)}

    assert words in said
    assert told == level


def test_a_new_tag_names_other_modules(whole):
    new = copy.deepcopy(whole)
    new["paths"][PATH]["post"]["tags"] = ["Image to video"]

    assert {(told.level, told.said, told.place) for told in changes(whole, new)} == {
        (NEW, "api tag `image_to_video` added", CREATE),
        (MAY_BREAK, "api tag `text_to_video` removed", CREATE),
    }


def tag(api):
    return next(one for one in api["tags"] if one["x-kling-family"] == "text_to_video")


GONE = (BREAKS, "family `text_to_video` was removed, so refs that begin with it fail", "")
RENAMED = (
    MAY_BREAK,
    "family `text_to_video` is now `film`; stored refs work, but imports change",
    "",
)


def test_a_removed_family_breaks(whole):
    new = copy.deepcopy(whole)
    new["tags"].remove(tag(new))
    for path in [path for path in new["paths"] if path.startswith(PATH)]:
        del new["paths"][path]

    told = {(one.level, one.said, one.place) for one in changes(whole, new)}

    assert {GONE, (BREAKS, "endpoint removed", CREATE)} <= told


def test_a_family_with_another_name_breaks_unless_it_lists_the_old_one(whole):
    new = copy.deepcopy(whole)
    tag(new)["x-kling-family"] = "film"

    told = {(one.level, one.said, one.place) for one in changes(whole, new)}

    assert {one for one in told if one[0] == BREAKS} == {GONE}
    film = next(one for one in new["tags"] if one["x-kling-family"] == "film")
    film["x-kling-former-families"] = ["text_to_video"]
    assert {(one.level, one.said, one.place) for one in changes(whole, new)} == {RENAMED}


def test_an_old_name_that_is_no_longer_listed_breaks(whole):
    old, new = copy.deepcopy(whole), copy.deepcopy(whole)
    tag(old)["x-kling-former-families"] = ["words"]

    told = [(one.level, one.said) for one in changes(old, new)]

    assert told == [(BREAKS, "family `words` was removed, so refs that begin with it fail")]
    assert list(changes(new, old)) == []


def test_a_bundle_without_spellings_has_them_in_the_words_of_its_tags(whole):
    old = copy.deepcopy(whole)
    for one in old["tags"]:
        is_renamed = one.pop("x-kling-former-families", None)
        # A family that was never spelled by the words of its tag is younger than the spellings.
        if is_renamed or one["x-kling-family"] == re.sub(r"\W+", "_", one["name"]).lower():
            del one["x-kling-family"]

    told = [(one.level, one.said, one.place) for one in changes(old, whole)]

    assert len(told) == sum("x-kling-former-families" in one for one in whole["tags"])
    renamed = "family `kling_3_0_omni_video` is now `kling_30_omni_video`"
    assert (MAY_BREAK, f"{renamed}; stored refs work, but imports change", "") in told


def test_callbacks_that_are_new_break_nothing(whole):
    old = copy.deepcopy(whole)
    del old["paths"][PATH]["post"]["callbacks"]

    (told,) = changes(old, whole)

    assert (told.level, told.place) == (NEW, CREATE)


# Each from the wide to the narrow.
NARROWED = {
    "additionalProperties": (None, False),
    "maxItems": (None, 3),
    "maxLength": (9, 3),
    "maximum": (None, 3),
    "minItems": (1, 3),
    "minLength": (None, 3),
    "minimum": (-1, 0),
    "multipleOf": (2, 4),
    "uniqueItems": (None, True),
}


@pytest.mark.parametrize(
    ("name", "closer", "wider"), [(BODY, BREAKS, NEW), ("TaskResult", NEW, MAY_BREAK)]
)
def test_a_limit_binds_who_sends(whole, name, closer, wider):
    def limited(index):
        api = copy.deepcopy(whole)
        for limit, values in NARROWED.items():
            kind = {"items": {"type": "string"}} if limit.endswith("Items") else {}
            own = {} if values[index] is None else {limit: values[index]}
            schema(api, name)["properties"][f"a_{limit}"] = {**kind, **own}
        return api

    def told(old, new):
        return {(one.level, one.said.split("`")[1], one.place) for one in changes(old, new)}

    assert NARROWED.keys() == LIMITS
    wide, narrow = limited(0), limited(1)
    for old, new, level in ((wide, narrow, closer), (narrow, wide, wider)):
        assert told(old, new) == {(level, limit, f"{name}.a_{limit}") for limit in LIMITS}


@pytest.mark.parametrize(
    ("before", "after", "level"), [(3, 2, BREAKS), (4, 2, NEW), (2, None, NEW)]
)
def test_a_step_is_closer_unless_it_divides_the_old_one(whole, before, after, level):
    old, new = copy.deepcopy(whole), copy.deepcopy(whole)
    field(old, "cfg_scale")["multipleOf"] = before
    if after:
        field(new, "cfg_scale")["multipleOf"] = after

    (told,) = overlooked(old, new)

    assert told.level == level


def test_a_limit_that_moves_into_a_shared_schema_is_the_same(whole):
    new = copy.deepcopy(whole)
    new["components"]["schemas"]["Prompt"] = schema(new, BODY)["properties"]["prompt"]
    schema(new, BODY)["properties"]["prompt"] = {"$ref": "#/components/schemas/Prompt"}

    assert list(overlooked(whole, new)) == []


def test_a_field_may_have_the_name_of_a_limit(whole):
    old = copy.deepcopy(whole)
    schema(old, BODY)["properties"]["maximum"] = {"type": "integer"}
    new = copy.deepcopy(old)
    schema(new, BODY)["properties"]["maximum"]["type"] = "string"

    (told,) = changes(old, new)

    assert "`maximum` request property type" in told.said


def words_of_people(api):
    for holder in holders(api["paths"], "x-kling-source"):
        holder["x-kling-source"]["checked"] = "2030-01-01"
    api["info"]["version"] = "2030.1.0"
    api["servers"][0]["description"] = "Everyone."
    callback(api)["summary"] = "Look at a task"
    tag(api)["name"] = "Text into video"
    for holder in holders(api["paths"], "tags"):
        holder["tags"] = [one.replace("Text to video", tag(api)["name"]) for one in holder["tags"]]
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
    assert (MAY_BREAK, f"removed the schema `{BODY}`", "") in told
    told.remove((BREAKS, "endpoint removed", CREATE))
    assert {(level, said.rpartition(" ")[0]) for level, said, _ in told} == {
        (MAY_BREAK, "removed the schema")
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
    shutil.copytree(
        ROOT / "openapi", tmp_path / "openapi", ignore=shutil.ignore_patterns("overlays")
    )

    def git(*arguments):
        names = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(change, tag=None, patches=()):
        old = copy.deepcopy(whole)
        change(old)
        (tmp_path / BUNDLE).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / BUNDLE).write_text(json.dumps(old), encoding="utf-8")
        shutil.rmtree(tmp_path / DIALECTS, ignore_errors=True)
        for name, patch in dict(patches).items():
            (tmp_path / DIALECTS).mkdir(exist_ok=True)
            (tmp_path / DIALECTS / name).write_text(json.dumps(patch), encoding="utf-8")
        git("add", "--all", "generated")
        git("commit", "--message", "a bundle")
        if tag:
            git("tag", tag)

    commit.git = git
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
    assert capsys.readouterr().out == "Nothing changed for users since HEAD.\n"


def test_an_old_description_without_a_dialect_of_json_schema_is_compared(repository, capsys):
    root, commit = repository
    commit(lambda api: api.pop("jsonSchemaDialect"))

    assert main(["HEAD"], root) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "",
        "What may break",
        "- `jsonSchemaDialect` changed from nothing to "
        '"https://json-schema.org/draft/2020-12/schema"',
    ]


def test_what_changes_in_a_dialect_alone_is_told_of_it(repository, capsys):
    root, commit = repository
    shutil.copytree(ROOT / "openapi/overlays", root / "openapi/overlays")
    patches = {path.name: json.loads(path.read_bytes()) for path in (ROOT / DIALECTS).iterdir()}
    del patches["current-only.json"]
    patches["gone.json"] = {}
    patches["china.json"]["servers"][0]["url"] = "https://china.example"
    patches["kkiai-gateway.json"]["components"]["schemas"]["StdOrProMode"] = {"enum": ["std"]}
    commit(lambda api: add_field(api, required=False), patches=patches)

    assert main(["HEAD"], root) == 1
    out = capsys.readouterr().out
    breaks = out[out.index("What breaks") : out.index("What may break")]
    assert "- dialect gone was removed\n" in breaks
    assert out.count(" was removed\n") == 1
    assert "- dialect current-only is new\n" in out
    assert "dialect china: `servers.https://china.example` changed from {" in out
    assert "- dialect kkiai-gateway: " in out
    assert out.count("`seed`") == 1


def test_the_project_may_be_a_folder_of_a_larger_repository(repository, capsys):
    root, commit = repository
    commit(lambda api: None)
    inner = root / "inner"
    for name in ("openapi", "generated"):
        shutil.copytree(root / name, inner / name)
        shutil.rmtree(root / name)
    commit.git("add", "--all")
    commit.git("commit", "--message", "a folder")

    assert main(["HEAD"], inner) == 0
    assert capsys.readouterr().out == "Nothing changed for users since HEAD.\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda api: api.update(servers=[]),
        lambda api: api.update(servers=None),
        lambda api: api.pop("paths"),
        lambda api: schema(api, "TextToVideoModel").update({"x-kling-retired": ["kling-v1"]}),
        lambda api: rule(api).update({"x-kling-rule": "prompt"}),
    ],
)
def test_an_odd_old_description_is_not_a_break(repository, capsys, change):
    root, commit = repository
    commit(change)

    assert main(["HEAD"], root) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("spec-diff: cannot compare with HEAD: ")


def test_what_is_no_json_is_not_a_break(repository, capsys):
    root, commit = repository
    commit(lambda api: None)
    (root / BUNDLE).write_text("<<<<<<< HEAD", encoding="utf-8")
    commit.git("commit", "--all", "--message", "a conflict")

    assert main(["HEAD"], root) == 2
    assert "spec-diff: cannot compare with HEAD: JSONDecodeError" in capsys.readouterr().err


def no_tool(_):
    raise NodeError("Node is missing")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda root, patch: patch.setattr("scripts.publish.spec_diff.tool", no_tool),
            "Node is missing",
        ),
        (lambda root, patch: patch.setenv("PATH", ""), "git"),
        (
            lambda root, patch: (root / "openapi" / "other.yaml").touch(),
            "other.yaml: the bundler does not read",
        ),
    ],
)
def test_what_is_missing_is_not_a_break(repository, capsys, monkeypatch, spoil, said):
    root, commit = repository
    commit(lambda api: None)
    spoil(root, monkeypatch)

    assert main(["HEAD"], root) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2020.1.0"], "2020.1.0"),
        (["HEAD"], f"path '{BUNDLE}' does not exist in 'HEAD'"),
        ([], "name a revision: make spec-diff BASE=REV"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(repository, capsys, arguments, said):
    root, _ = repository

    assert main(arguments, root) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("spec-diff: ")
    assert said in line
