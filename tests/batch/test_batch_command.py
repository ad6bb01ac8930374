"""`kling batch`: what it asks and shows, how it ends, and what it never shows."""

import csv
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
from click.testing import CliRunner
from command_line import cli
from kling import AsyncKling
from kling.batch import Batch, read_jobs
from kling.mock import KlingMock, Package
from media_files import png

PICTURES = 20
MODEL = {"model_name": "kling-v3"}
POLICY = "Failure to pass the risk control system"
OF_CATS = ("--operation", "image_to_video", "--set", "model_name=kling-v3")


@pytest.fixture
def mock(request):
    """Return a mock whose account has some units of video, by default enough."""
    units = getattr(request, "param", 1000)
    return KlingMock(packages=[Package("video", 5, units), Package("image", 9, 1000)])


@pytest.fixture
def kling(mock, empty_state, monkeypatch, tmp_path):
    """Return a function that runs a command in a folder with a table and its pictures."""
    for name in ("cat", "dog"):
        (tmp_path / f"{name}.png").write_bytes(png(400, 400))
    (tmp_path / "clips.csv").write_text("image,prompt\ncat.png,A cat jumps\ndog.png,A dog sleeps\n")
    shutil.copy(empty_state, tmp_path / "clips.sqlite")
    monkeypatch.chdir(tmp_path)
    # The command makes its client of the environment alone.
    monkeypatch.setattr(
        "kling.batch.client_source.AsyncKling",
        lambda: AsyncKling(api_key="mock-api-key", transport=mock.transport),
    )

    def run(*arguments, stdin=None):
        done = CliRunner().invoke(cli, ("batch", *arguments), input=stdin, prog_name="kling")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done

    return run


def paid(mock):
    return len(mock.state()["tasks"])


# ----------------------------------------------------------------------------- run


def test_a_table_of_pictures_and_prompts_becomes_named_files_with_one_command(kling, tmp_path):
    rows = [f"shot-{number}.png,The cat jumps {number} times" for number in range(PICTURES)]
    for number in range(PICTURES):
        (tmp_path / f"shot-{number}.png").write_bytes(png(400, 400))
    (tmp_path / "shots.csv").write_text("\n".join(["image,prompt", *rows]))

    done = kling("run", "shots.csv", *OF_CATS, "--yes")

    assert done.exit_code == 0, done.output
    files = sorted((tmp_path / "out").iterdir())
    assert sorted(file.name for file in files) == sorted(
        f"shot-{number}.mp4" for number in range(PICTURES)
    )
    assert all(file.stat().st_size > 1000 for file in files)
    assert len(done.stdout.splitlines()) == PICTURES
    assert "cost: 60 units of the video package, 8.4 USD" in done.stderr
    assert done.stderr.endswith("20 jobs: 20 succeeded\n")
    assert (tmp_path / "shots.sqlite").exists()


def test_the_same_command_again_pays_for_nothing(kling, mock):
    kling("run", "clips.csv", *OF_CATS, "--yes")

    again = kling("run", "clips.csv", *OF_CATS)  # nothing new is asked for

    assert (again.exit_code, again.stdout) == (0, "")
    assert "2 jobs, of which 2 have ended already\ncost: nothing\n" in again.stderr
    assert paid(mock) == 2


def test_a_job_that_has_a_task_is_not_counted_in_the_cost_again(kling, mock):
    mock.plan(fault="expire", times=1)  # one file cannot be saved
    kling("run", "clips.csv", *OF_CATS, "--yes")
    kling("retry", "clips.csv")

    again = kling("run", "clips.csv", *OF_CATS)

    assert (
        "2 jobs, of which 1 have ended already\ncost: nothing\n"
        "not included: 1 job whose task exists already\n"
    ) in again.stderr
    assert paid(mock) == 2


def test_wrong_rows_are_told_by_line_and_nothing_is_sent(kling, mock, tmp_path):
    (tmp_path / "clips.csv").write_text(
        "image,prompt,duration\ncat.png,x,99\nnowhere.png,x,5\ndog.png,x,5\ndog.png,y,5\n"
    )
    (tmp_path / "clips.sqlite").unlink()

    done = kling("run", "clips.csv", *OF_CATS, "--yes")

    assert (done.exit_code, done.stdout) == (1, "")
    first, *lines = done.stderr.splitlines()
    assert first == "Error: nothing was sent, because the table has problems:"
    assert [line.partition(":")[0] for line in lines] == [
        "clips.csv, line 2",
        "clips.csv, line 3",
        "clips.csv, line 5",
    ]
    assert paid(mock) == 0
    assert not (tmp_path / "clips.sqlite").exists()


def test_a_job_that_was_changed_is_told_by_line(kling, mock, tmp_path):
    kling("run", "clips.csv", *OF_CATS, "--yes")
    table = tmp_path / "clips.csv"
    table.write_text(table.read_text().replace("sleeps", "wakes up"))

    done = kling("run", "clips.csv", *OF_CATS, "--yes")

    assert done.exit_code == 1
    assert "clips.csv, line 3: dog: a job with this id exists with another request" in done.stderr
    assert paid(mock) == 2


def test_where_nobody_can_be_asked_nothing_is_sent_without_yes(kling, mock):
    done = kling("run", "clips.csv", *OF_CATS)

    assert done.exit_code == 2
    assert "cost: 6 units of the video package, 0.84 USD" in done.stderr
    assert "add --yes" in done.stderr
    assert paid(mock) == 0


@pytest.mark.parametrize(("answer", "code", "tasks"), [("y\n", 0, 2), ("n\n", 1, 0), ("", 1, 0)])
def test_on_a_terminal_it_asks(kling, mock, monkeypatch, answer, code, tasks):
    # private: the runner of click has no terminal.
    monkeypatch.setattr("kling._cli.batch_command._can_ask", lambda: True)

    done = kling("run", "clips.csv", *OF_CATS, stdin=answer)

    assert done.exit_code == code
    assert "Start these jobs? [y/N]" in done.stderr
    assert paid(mock) == tasks


def test_what_kling_will_not_do_is_warned_of_before_it_asks(kling):
    done = kling("run", "clips.csv", "--operation", "image_to_video")

    assert "Warning: clips.csv, lines 2, 3: model_name kling-v1 was retired" in done.stderr


def test_a_job_that_fails_ends_the_command_with_1(kling, mock, tmp_path):
    mock.plan("submitted", "failed", message=POLICY)

    done = kling("run", "clips.csv", *OF_CATS, "--yes", "--concurrency", "1")

    assert done.exit_code == 1
    assert done.stderr.endswith("2 jobs: 1 succeeded, 1 failed\n")
    [failed] = [line for line in done.stdout.splitlines() if "  failed  " in line]
    assert "risk control" in failed
    shown = kling("status", "clips.csv")
    assert shown.stdout.splitlines()[0] == "2 jobs: 1 succeeded, 1 failed"
    assert "risk control" in shown.stdout


@pytest.mark.parametrize("mock", [3], indirect=True)
def test_an_empty_balance_pauses_the_batch_and_resume_queues_what_is_held(kling, mock):
    done = kling("run", "clips.csv", *OF_CATS, "--yes", "--concurrency", "1")

    assert done.exit_code == 1
    assert "1 held" in done.stderr
    assert "paused: " in done.stderr
    assert "is paused" in kling("run", "clips.csv", *OF_CATS, "--yes").stderr
    assert "1 job no longer held" in kling("resume", "clips.csv").stderr
    assert kling("status", "clips.csv").stdout == "2 jobs: 1 queued, 1 succeeded\n"


def test_a_budget_that_is_too_small_is_told_before_and_holds(kling, mock):
    done = kling("run", "clips.csv", *OF_CATS, "--yes", "--budget", "4", "--concurrency", "1")

    assert (
        "the budget video=4 is below the possible cost of 6; jobs that exceed it are held"
        in done.stderr
    )
    assert done.exit_code == 1
    assert paid(mock) == 1


def test_files_are_named_as_the_caller_wants(kling, tmp_path):
    done = kling("run", "clips.csv", *OF_CATS, "--yes", "--name", "{family}-{id}", "--out", "o")

    assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "o").iterdir()} == {
        "image_to_video-cat.mp4",
        "image_to_video-dog.mp4",
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--budget", "200"),
            "200 does not say for which package it is, and the jobs use the packages image and "
            "video; write image=UNITS,video",
        ),
        (("--budget", "viedo=3"), "'viedo' is not one of image, try-on, video, USD"),
        (
            ("--budget", "video=many"),
            "'many' is not a number; write, for example, video=200,image=50 or USD",
        ),
        (("--budget", "video=-1"), "'-1' is not an amount"),
        (("--budget", "video=nan"), "'nan' is not an amount"),
        (("--budget", "video=1,video=2"), "video is given twice"),
        (("--budget", ""), "'' is not a number"),
        (("--concurrency", "video=0"), "video=0 is not a whole number above 0"),
        (("--concurrency", "1.5"), "1.5 is not a whole number above 0"),
        (("--concurrency", "USD=5"), "'USD' is not one of image, try-on, video"),
        (("--tries", "0"), "0 is not in the range x>=1"),
        (("--name", "clip"), "must contain {id}"),
        (("--name", "../{id}"), "is not a file name"),
        (("--set", "duration"), "--set takes FIELD=VALUE, such as duration=8, not 'duration'"),
        (("--operation", "text_to_vide"), "did you mean text_to_video?"),
        (("--state", "mysql://host/name"), "not mysql"),
    ],
)
def test_an_option_that_makes_no_sense_is_told_before_anything_is_sent(
    kling, mock, tmp_path, options, message
):
    image = {"operation": "image_generation", "model_name": "kling-v2-1", "prompt": "x"}
    video = {"operation": "text_to_video", "model_name": "kling-v3", "prompt": "x"}
    lines = [json.dumps({"id": name, **job}) for name, job in (("a", image), ("b", video))]
    (tmp_path / "jobs.jsonl").write_text("\n".join(lines))

    done = kling("run", "jobs.jsonl", "--yes", *options)

    assert done.exit_code in (1, 2)
    assert message in done.stderr.replace("\n", " ")
    assert paid(mock) == 0


def test_both_packages_have_their_own_budget_and_price(kling, tmp_path):
    image = {"operation": "image_generation", "model_name": "kling-v2-1", "prompt": "x"}
    video = {"operation": "text_to_video", "model_name": "kling-v3", "prompt": "x"}
    lines = [json.dumps({"id": name, **job}) for name, job in (("a", image), ("b", video))]
    (tmp_path / "jobs.jsonl").write_text("\n".join(lines))

    done = kling("run", "jobs.jsonl", "--yes", "--budget", "video=10,image=10")

    assert done.exit_code == 0, done.output
    assert "units of the video package" in done.stderr
    assert "of the image package" in done.stderr
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {".mp4", ".png"}


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_table_that_is_not_there_is_a_wrong_use(kling, name):
    assert kling("run", name, "--yes").exit_code == 2


# ----------------------------------------------------------------------------- the other commands


@pytest.fixture(scope="module")
def finished():
    """Return a place for the state of a batch that has been done, once it was."""
    return {}


@pytest.fixture
def done(kling, finished, tmp_path, tmp_path_factory):
    """Let the batch of the table be done, in this test or before it."""
    if not finished:
        assert kling("run", "clips.csv", *OF_CATS, "--yes").exit_code == 0
        finished["state"] = tmp_path_factory.mktemp("finished") / "clips.sqlite"
        shutil.copy(tmp_path / "clips.sqlite", finished["state"])
    shutil.copy(finished["state"], tmp_path / "clips.sqlite")


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize(
    "where", [("clips.csv",), ("clips.sqlite",), ("x.csv", "--state", "clips.sqlite")]
)
def test_a_batch_is_named_by_its_table_or_its_state(kling, where):
    batch = () if where[0] != "x.csv" else ("--batch", "clips")
    shown = kling("status", *where, *batch)

    assert (shown.exit_code, shown.stdout) == (0, "2 jobs: 2 succeeded\n")


@pytest.mark.usefixtures("done")
def test_status_shows_every_job_to_people_and_to_programs(kling):
    table = kling("status", "clips.csv", "--all").stdout.splitlines()
    shown = json.loads(kling("status", "clips.csv", "--json").stdout)

    assert [line.split()[:2] for line in table[1:]] == [["cat", "succeeded"], ["dog", "succeeded"]]
    assert shown["counts"]["succeeded"] == 2
    assert shown["paused"] is None
    assert [job["id"] for job in shown["jobs"]] == ["cat", "dog"]
    assert shown["jobs"][0]["files"][0].endswith("cat.mp4")
    assert shown["jobs"][0]["charges"] == [{"value": "3", "unit": "units"}]


@pytest.mark.usefixtures("done")
def test_status_watches_until_no_job_is_left(kling):
    assert kling("status", "clips.csv", "--watch").stdout == "2 jobs: 2 succeeded\n"


@pytest.mark.usefixtures("done")
def test_export_says_what_became_of_each_job(kling, tmp_path):
    written = kling("export", "clips.csv", "--to", "result.csv")
    shown = kling("export", "clips.csv", "--format", "jsonl").stdout

    assert (written.exit_code, written.output) == (0, "")
    with (tmp_path / "result.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["status"], row["units"]) for row in rows] == [
        ("cat", "succeeded", "3"),
        ("dog", "succeeded", "3"),
    ]
    assert all(row["ref"].startswith("image_to_video/") for row in rows)
    assert [json.loads(line)["id"] for line in shown.splitlines()] == ["cat", "dog"]


def test_an_export_holds_no_formula_for_a_spreadsheet(kling, mock):
    mock.plan("submitted", "failed", message='=HYPERLINK("http://evil.example")')
    kling("run", "clips.csv", *OF_CATS, "--yes", "--tries", "1", "--concurrency", "1")

    rows = list(csv.DictReader(kling("export", "clips.csv").stdout.splitlines()))

    messages = [row["message"] for row in rows if row["status"] == "failed"]
    assert messages
    assert not any(message.startswith("=") for message in messages)


def test_a_failed_job_is_tried_again_and_paid_for(kling, mock):
    mock.plan("submitted", "failed", message=POLICY)
    kling("run", "clips.csv", *OF_CATS, "--yes", "--concurrency", "1")

    again = kling("retry", "clips.csv")
    done = kling("run", "clips.csv", *OF_CATS, "--yes")

    assert again.exit_code == 0
    assert again.stdout in ("cat\n", "dog\n")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("ids", [("nobody",), ("cat",)])
def test_a_job_that_cannot_be_tried_again_is_told_why(kling, ids):
    done = kling("retry", "clips.csv", *ids)

    assert done.exit_code in (1, 2)
    assert done.stdout == ""
    assert ids[0] in done.stderr


def test_a_paused_batch_starts_nothing_until_it_is_resumed(kling, mock):
    with Batch("clips.sqlite") as batch:
        batch.add_all(read_jobs("clips.csv", operation="image_to_video", fields=MODEL))
    paused = kling("pause", "clips.csv")
    refused = kling("run", "clips.csv", *OF_CATS, "--yes")
    shown = kling("status", "clips.csv").stdout
    resumed = kling("resume", "clips.csv")

    assert (paused.exit_code, resumed.exit_code, refused.exit_code) == (0, 0, 1)
    assert "first run: kling batch resume clips.csv" in refused.stderr
    assert "paused: " in shown
    assert paid(mock) == 0
    assert kling("run", "clips.csv", *OF_CATS, "--yes").exit_code == 0


def test_a_worker_joins_with_the_settings_of_the_batch(kling, mock, tmp_path):
    kling("run", "clips.csv", *OF_CATS, "--yes", "--out", "results")
    with Batch(tmp_path / "clips.sqlite") as batch:
        batch.add("late", ("text_to_video", {"model_name": "kling-v3", "prompt": "x"}))

    done = kling("worker", "clips.csv")

    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("late  succeeded  results")
    assert (tmp_path / "results" / "late.mp4").exists()


@pytest.mark.parametrize("command", ["status", "retry", "pause", "resume", "export", "worker"])
def test_a_state_that_is_not_there_is_not_made(kling, tmp_path, command):
    done = kling(command, "other.csv")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no state of a batch at other.sqlite" in done.stderr
    assert not (tmp_path / "other.sqlite").exists()


def test_a_batch_that_is_not_there_is_told_so(kling):
    without_jobs = kling("status", "clips.csv")
    without_name = kling("status", "postgresql://127.0.0.1:1/jobs")

    assert (without_jobs.exit_code, without_name.exit_code) == (1, 2)
    assert (
        "the batch clips in clips.sqlite has no jobs; kling batch run adds them"
        in without_jobs.stderr
    )
    assert "--batch NAME" in without_name.stderr


@pytest.mark.parametrize("command", ["status", "export", "run"])
def test_a_state_that_is_none_is_told_so(kling, tmp_path, command):
    (tmp_path / "clips.sqlite").write_bytes(b"no database at all" * 100)
    options = (*OF_CATS, "--yes") if command == "run" else ()

    done = kling(command, "clips.csv", *options)

    assert (done.exit_code, done.stdout) == (1, "")
    assert "clips.sqlite" in done.stderr


def test_a_password_is_never_shown(kling):
    url = "postgresql://kling:s3cret%21@127.0.0.1:1/jobs"

    for arguments in (
        ("status", url, "--batch", "a"),
        ("run", "clips.csv", *OF_CATS, "--yes", "--state", url),
        ("worker", url, "--batch", "a"),
        ("status", "clips.csv", "--state", url),
    ):
        done = kling(*arguments)
        assert done.exit_code == 1
        assert "s3cret" not in done.output
        assert "127.0.0.1" in done.stderr


def test_the_command_that_continues_hides_a_password_too(tmp_path, monkeypatch):
    # private: to interrupt a command takes a process, which needs a database.
    from kling._cli.batch_command import run
    from kling._cli.batch_state import repeat_command  # private: as above

    url = "postgresql://kling:s3cret%21@127.0.0.1:1/jobs"
    (tmp_path / "a b.csv").write_text("")
    monkeypatch.chdir(tmp_path)
    line = ["a b.csv", "--set", "duration=5", "--set", "mode=pro", "--state", url, "--tries", "3"]
    context = run.make_context("kling batch run", [*line])

    shown = repeat_command(context, place=url)

    assert shown == (
        "kling batch run 'a b.csv' --set duration=5 --set mode=pro "
        "--state 'postgresql://kling:***@127.0.0.1:1/jobs' --tries 3 --yes"
    )


@pytest.mark.parametrize("command", ["run", "status"])
def test_without_the_extra_it_says_what_to_install(kling, monkeypatch, command):
    def found(name):
        return None if name == "dbos" else find_spec(name)

    # private: the extra is there while we test.
    monkeypatch.setattr("kling._cli.batch_state.find_spec", found)

    done = kling(command, "clips.csv")

    assert done.exit_code == 1
    assert 'pip install "kling-openapi[cli,batch]"' in done.stderr


def test_help_takes_nothing_of_the_extra_from_the_disk():
    code = (
        "import sys\nfrom kling.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([n for n in ('dbos', 'sqlalchemy', 'kling.batch') if n in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code, "batch", "--help"], capture_output=True, text=True, check=True
    )

    assert shown.stdout.splitlines()[-1] == "[]"
    assert "Commands:" in shown.stdout
