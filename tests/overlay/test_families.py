"""Refs that spell a family as it was once called: they work wherever a ref is taken."""

import asyncio
import copy
import json

import pytest
from click.testing import CliRunner
from command_line import cli
from kling import AsyncKling, Kling, NotFoundError, models
from kling.description import Spec, load, spec

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
OLD = "words_to_video"


@pytest.fixture(autouse=True)
def renamed(monkeypatch):
    """Let text_to_video have been called words_to_video, in the description and nowhere else."""
    document = copy.deepcopy(load().document)
    for tag in document["tags"]:
        if tag["x-kling-family"] == "text_to_video":
            tag["x-kling-former-families"] = [OLD]
    description = Spec(document)
    # private: users have no reason to change the description that is shipped.
    monkeypatch.setattr(spec, "_loaded", lambda _: description)
    return description


@pytest.fixture(params=[True, False], ids=["key", "key-pair"])
def client(request, kling_mock):
    keys = {"api_key": "mock-api-key"}
    pair = {
        "access_key": "mock-access-key",
        "secret_key": "mock-secret-key-of-32-bytes-or-more",
    }
    with Kling(transport=kling_mock.transport, **(keys if request.param else pair)) as one:
        yield one


@pytest.fixture
def refs(client):
    """Return refs of six tasks under the old spelling: enough for a list, or for one query."""
    return [f"{OLD}/{client.create(REQUEST).id}" for _ in range(6)]


def test_what_is_made_today_has_the_spelling_of_today(client):
    assert client.create(REQUEST).ref.startswith("text_to_video/")


def test_an_old_ref_is_retrieved_and_stays_as_it_is(client, refs):
    assert client.retrieve(refs[0]).ref == refs[0]
    assert [one.ref for one in client.retrieve_all(refs)] == refs


def test_an_old_ref_is_waited_for_within_its_own_time(client, refs):
    assert client.wait(refs[0]).status == "succeeded"
    assert [one.ref for one in client.wait_all(refs)] == refs
    late = client.create(REQUEST)
    old = f"{OLD}/{late.id}"
    with pytest.raises(TimeoutError, match=f"^{old} is submitted after 0 s"):
        client.wait_all([old], timeout={old: 0})


def test_old_and_new_refs_go_together(client, refs):
    new = client.create(REQUEST)

    assert {one.ref for one in client.as_completed([new, *refs])} == {new.ref, *refs}


def test_files_keep_the_names_that_they_had_under_an_old_ref(client, refs, tmp_path):
    task = client.wait(refs[0])

    [path] = client.download(refs[0], tmp_path)
    [again] = client.download(task, tmp_path)

    assert again == path
    assert path.name == f"{refs[0].replace('/', '-')}.mp4"
    assert path.stat().st_size > 1000


def test_the_async_client_takes_an_old_ref_too(kling_mock):
    async def main():
        async with AsyncKling(transport=kling_mock.transport, api_key="mock-api-key") as client:
            old = f"{OLD}/{(await client.create(REQUEST)).id}"
            assert (await client.retrieve(old)).ref == old
            assert (await client.wait(old)).ref == old

    asyncio.run(main())


def test_the_command_line_takes_an_old_ref(client, refs, kling_mock, monkeypatch, tmp_path):
    def connected():
        return Kling(transport=kling_mock.transport, api_key="mock-api-key")

    # private: the command has no option for a transport.
    monkeypatch.setattr("kling._cli.task_commands.Kling", connected)
    for command, *options in (("get",), ("wait",), ("download", "--out", str(tmp_path))):
        done = CliRunner().invoke(cli, [command, refs[0], "--json", *options])
        assert done.exit_code == 0, done.output
        shown = json.loads(done.stdout)[0]
        assert OLD in (shown if command == "download" else shown["ref"])
    for name in (OLD, "words-to-video"):
        done = CliRunner().invoke(cli, ["list", name, "--json"])
        assert len(json.loads(done.stdout)) == len(refs)


def test_a_family_with_several_creates_asks_which_is_meant(renamed, monkeypatch, tmp_path):
    document = copy.deepcopy(renamed.document)
    operations = Spec(document).operations
    task = operations["createMultiElementsTask"].node["x-kling-task"]
    operations["createMultiElementsSelectionPreview"].node["x-kling-task"] = task
    description = Spec(document)
    monkeypatch.setattr(spec, "_loaded", lambda _: description)
    (tmp_path / "body.json").write_text("{}")

    done = CliRunner().invoke(cli, ["validate", "multi-elements", str(tmp_path / "body.json")])

    assert done.exit_code == 2
    told = "multi-elements may mean createMultiElementsTask or createMultiElementsSelectionPreview"
    assert f"{told}; use one of these names" in done.stderr


def test_an_old_ref_survives_in_a_task_that_was_stored(client, refs):
    task = client.retrieve(refs[0])

    assert copy.copy(task).ref == refs[0]
    assert client.wait(copy.copy(task)).ref == refs[0]


def test_an_unknown_task_is_named_as_it_was_asked_for(client):
    with pytest.raises(NotFoundError, match=f"{OLD}/123 is not known here"):
        client.retrieve(f"{OLD}/123")


def test_a_ref_with_the_old_name_of_a_model_says_what_refs_of_its_standard_are(client):
    # Tasks of the current standard always had refs that begin with tasks/.
    for spelling in ("kling_3_0_text_to_video", "kling_30_text_to_video"):
        with pytest.raises(ValueError, match="begin with tasks/, not with kling_30_text_to_video/"):
            client.retrieve(f"{spelling}/1")
