"""Jobs come into a state as a whole, once, and without keys or media."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import kling
import pytest
from batch_jobs import fox, picture
from kling import models
from kling.batch import Batch, BatchError, InvalidJobsError, file
from kling.mock import Package
from media_files import png


def test_a_job_that_is_there_already_is_not_added_again(batch_of):
    batch = batch_of()

    assert batch.add("a", fox()) is True
    assert batch.add("a", fox()) is False
    assert batch.add_all([("a", fox()), ("b", fox(2))]) == ["b"]
    assert [job.id for job in batch.jobs("queued")] == ["a", "b"]


def test_another_request_for_the_same_id_is_refused_by_name_and_nothing_is_added(batch_of):
    batch = batch_of()
    batch.add("a", fox())

    with pytest.raises(InvalidJobsError, match="a: a job with this id exists with another request"):
        batch.add_all([("b", fox(2)), ("a", fox(3))])
    with pytest.raises(InvalidJobsError, match="c: a job with this id exists with another request"):
        batch.add_all([("c", fox(4)), ("c", fox(5))])
    assert batch.counts()["queued"] == 1


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_added(batch_of):
    batch = batch_of()

    with pytest.raises(InvalidJobsError) as caught:
        batch.add_all([("a", fox()), ("b", fox(duration="77")), ("c", fox(promt="x")), ("", fox())])

    assert {name: [one.rule for one in said] for name, said in caught.value.problems.items()} == {
        "b": ["enum"],
        "c": ["unknown-field"],
        "": ["id"],
    }
    assert "b: duration" in str(caught.value)
    assert batch.jobs() == []


def test_models_bodies_and_unlisted_requests_are_jobs(batch_of):
    batch = batch_of()
    batch.add("model", models.TextToVideoRequest(model_name="kling-v3", prompt="A fox"))
    batch.add("body", picture())
    with pytest.warns(kling.KlingWarning, match="the request is not checked"):
        batch.add("new", kling.Unlisted("/text-to-video/kling-9", {"prompt": "A fox"}))

    assert [(one.id, one.operation, one.status, one.tries) for one in batch.jobs()] == [
        ("model", "createTextToVideoTask", "queued", 0),
        ("body", "createImageGenerationTask", "queued", 0),
        ("new", "/text-to-video/kling-9", "queued", 0),
    ]


def test_what_is_no_request_is_a_type_error(batch_of):
    batch = batch_of()

    with pytest.raises(TypeError, match="put the name of the operation before a dict"):
        batch.add("a", {"prompt": "A fox"})
    with pytest.raises(TypeError, match="the id of a job must be a text, not int"):
        batch.add(7, fox())
    with pytest.raises(ValueError, match="there is no operation or family text_to_vide"):
        batch.add("a", ("text_to_vide", {}))
    speech = models.TextToSpeechRequest(text="Hello", voice_id="1", voice_language="en")
    with pytest.raises(ValueError, match="is answered at once, so it cannot be a job"):
        batch.add("a", speech)


def test_ids_that_a_disk_may_take_for_the_same_are_refused(batch_of):
    batch = batch_of()
    batch.add("Fox", fox())

    with pytest.raises(
        InvalidJobsError, match="the id differs from Fox only in upper and lower case"
    ):
        batch.add("fox", fox(2))


def test_a_file_is_kept_as_a_path_and_a_checksum(batch_of, tmp_path):
    (tmp_path / "fox.png").write_bytes(content := png(400, 400))
    batch = batch_of()
    body = {"model_name": "kling-v3", "prompt": "A fox", "image": tmp_path / "fox.png"}
    batch.add("path", ("image_to_video", body))
    batch.add("model", models.ImageToVideoRequest(**{**body, "image": file(tmp_path / "fox.png")}))
    batch.close()

    kept = (tmp_path / "clips.sqlite").read_bytes()
    assert str(tmp_path / "fox.png").encode() in kept
    assert content not in kept
    assert kling.media.image(content).encode()[:60] not in kept


@pytest.mark.parametrize("image", ["data:image/png;base64,AAAA", "A" * 30_000])
def test_the_content_of_a_file_is_refused(batch_of, image):
    with pytest.raises(
        InvalidJobsError, match=r"image contains the content of a file.*batch\.file"
    ):
        batch_of().add("a", ("image_to_video", {"prompt": "A fox", "image": image}))


def test_a_file_is_looked_at_when_its_job_is_added(batch_of, tmp_path):
    (tmp_path / "small.png").write_bytes(png(20, 20))
    fields = {"model_name": "kling-v3", "prompt": "A fox"}
    batch = batch_of()

    with pytest.raises(InvalidJobsError, match=r"nofox\.png: No such file"):
        batch.add("a", ("image_to_video", {**fields, "image": tmp_path / "nofox.png"}))
    with pytest.raises(InvalidJobsError, match="image is 20 x 20 px"):
        batch.add("a", ("image_to_video", {**fields, "image": tmp_path / "small.png"}))


def test_the_state_has_no_key_and_adding_needs_none(tmp_path, monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "a-very-secret-key")
    with Batch(tmp_path / "clips.sqlite") as batch:
        batch.add("a", fox())

    assert b"secret" not in (tmp_path / "clips.sqlite").read_bytes()


def test_adding_does_not_launch_the_engine(tmp_path):
    code = f"""
import json, sys
import kling
before = "dbos" in sys.modules or "sqlalchemy" in sys.modules
from kling.batch import Batch
imported = "dbos" in sys.modules or "sqlalchemy" in sys.modules
with Batch({str(tmp_path / "clips.sqlite")!r}) as batch:
    batch.add("a", {fox()!r})
    batch.pause()
    batch.resume()
import dbos._dbos
print(json.dumps([before, imported, dbos._dbos._dbos_global_instance is None]))
"""
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, check=True, capture_output=True, text=True)

    assert json.loads(found.stdout) == [False, False, True]
    assert found.stderr == ""


def test_a_state_of_a_later_version_says_what_to_install(tmp_path):
    with Batch(tmp_path / "clips.sqlite") as batch:
        tables = batch._state.tables  # private: a later version is not there yet
        with batch._state.writing() as connection:  # private: see above
            later = tables.meta.update().values(format=2, version="2031.1.0")
            connection.execute(later)

    with pytest.raises(BatchError, match=r"made by kling-openapi 2031\.1\.0.*install"):
        Batch(tmp_path / "clips.sqlite")


@pytest.mark.parametrize(
    ("state", "error", "text"),
    [
        ("mysql://host/name", ValueError, "not mysql"),
        ("missing/clips.sqlite", ValueError, "there is no folder"),
        (7, TypeError, "the state must be a path or a URL, not int"),
        ("notes.txt", BatchError, "cannot open the state"),
    ],
)
def test_a_state_that_is_none_is_refused(tmp_path, monkeypatch, state, error, text):
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("These are notes, and no database. " * 9)

    with pytest.raises(error, match=text):
        Batch(state)


def test_the_password_of_a_database_is_not_shown():
    url = "postgresql://me:top-secret@127.0.0.1:9/clips?connect_timeout=1"

    with pytest.raises(BatchError, match=r"me:\*\*\*@127\.0\.0\.1.*connection refused") as caught:
        Batch(url, name="clips")
    assert "top-secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"concurrency": {"vidoe": 5}}, "vidoe is not a kind of package"),
        ({"concurrency": 0}, "must be a whole number of at least 1, not 0"),
        ({"budget": {"vidoe": 5}}, "vidoe is not a kind of package"),
        ({"tries": 0}, "tries must be a whole number of at least 1"),
        ({"naming": "clip"}, "must contain {id}"),
        ({"naming": "{id}-{job}"}, "is not a file name"),
        ({"naming": "../{id}"}, "is not a file name"),
    ],
)
def test_options_that_make_no_sense_are_refused(batch_of, options, text):
    with pytest.raises(ValueError, match=text):
        batch_of(**options)


def test_a_client_that_a_batch_cannot_use_is_refused(batch_of, kling_mock):
    with pytest.raises(TypeError, match=r"must be an AsyncKling, .* not Kling"):
        batch_of(client=kling.Kling(api_key="k", transport=kling_mock.transport))
    budget = kling.Budget(money=3)
    budgeted = kling.AsyncKling(api_key="k", budget=budget, transport=kling_mock.transport)
    with pytest.raises(ValueError, match="the client has a budget; give the budget to the batch"):
        batch_of(client=budgeted)


def test_a_disk_of_the_network_is_told_of(tmp_path):
    from kling.batch.disks import network_drive

    mounts = tmp_path / "mounts"
    mounts.write_text(f"host:/x {tmp_path} nfs4 rw 0 0\n/dev/sda / ext4 rw 0 0\n")

    assert network_drive(tmp_path / "a" / "clips.sqlite", mounts) == "nfs4"
    assert network_drive(Path("/clips.sqlite"), mounts) == ""


def test_packages_of_the_tests_are_what_a_batch_is_first_run_with():
    from kling.batch.settings import Settings

    settings = Settings.default()
    assert (settings.concurrency_of("video"), settings.concurrency_of("image")) == (5, 9)
    assert settings.concurrency_of("try-on") == settings.concurrency_of("") == 1
    assert Package("video", 5, Decimal(1)).concurrency == 5


def test_a_folder_that_is_moved_has_the_same_jobs(batch_of, kling_mock, tmp_path):
    fields = {"model_name": "kling-v3", "prompt": "A fox"}
    (old := tmp_path / "old").mkdir()
    (old / "fox.png").write_bytes(png(400, 400))
    batch = batch_of()
    batch.add("a", ("image_to_video", {**fields, "image": old / "fox.png"}))
    new = old.rename(tmp_path / "new")

    assert batch.add("a", ("image_to_video", {**fields, "image": new / "fox.png"})) is False
    assert [job.status for job in batch.run()] == ["succeeded"]
    (new / "fox.png").write_bytes(png(500, 500))
    with pytest.raises(InvalidJobsError, match="another request"):
        batch.add("a", ("image_to_video", {**fields, "image": new / "fox.png"}))


def test_a_state_that_is_renamed_is_the_same_batch(batch_of, tmp_path):
    batch = batch_of()
    batch.add("a", fox())
    batch.close()
    (tmp_path / "clips.sqlite").rename(new := tmp_path / "films.sqlite")

    renamed = batch_of(state=new)

    assert (renamed.name, renamed.add("a", fox())) == ("clips", False)
    batch_of(state=new, name="other").add("b", fox())
    with pytest.raises(BatchError, match="several batches; give a name: clips or other"):
        batch_of(state=new)
