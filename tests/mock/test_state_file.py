"""What survives a restart, and a kill."""

import contextlib
import copy
import gc
import json
import shutil
import socket
import sqlite3
import threading
import time
from contextlib import closing

import httpx
import pytest
from kling.description import Spec, load
from kling.mock import Keys, KlingMock, RealClock

# private: a mock in process has no file, and a served one cannot be looked into.
from kling.mock._api import Settings
from kling.mock._engine import Engine  # private: the same
from kling.mock._tasks import Life  # private: the same

TEXT = "/v1/videos/text2video"
VOICE = "/v1/general/custom-voices"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
HEADERS = {"Authorization": "Bearer mock-api-key"}


@pytest.fixture
def started(mock_process, tmp_path):
    """Return a function that starts a mock with the same file each time."""

    def start(*options):
        path = str(tmp_path / "mock.db")
        return mock_process("--as-of", "2026-03-01", "--state", path, *options)

    return start


def client(mock):
    return httpx.Client(base_url=mock.url, headers=HEADERS, trust_env=False, timeout=10)


def kill(mock):
    mock.process.kill()
    mock.process.wait()


def test_a_killed_mock_loses_no_task_that_it_acknowledged(started):
    acknowledged = []
    mock = started()

    def create_until_it_dies(worker):
        with client(mock) as http:
            for number in range(10**6):
                body = BODY | {"external_task_id": f"{worker}-{number}"}
                try:
                    task = http.post(TEXT, json=body).json()["data"]
                except httpx.HTTPError:
                    return
                acknowledged.append((task["task_id"], body["external_task_id"]))

    threads = [threading.Thread(target=create_until_it_dies, args=(one,)) for one in range(4)]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 300:
        time.sleep(0.01)
    kill(mock)
    for thread in threads:
        thread.join()

    with client(started()) as http:
        for task_id, external in acknowledged:
            said = http.get(f"{TEXT}/{external}").json()["data"]
            assert said["task_id"] == task_id
        used = http.post(TEXT, json=BODY | {"external_task_id": acknowledged[0][1]})
        assert used.json()["code"] == 1201
        fresh = http.post(TEXT, json=BODY).json()["data"]["task_id"]
        assert fresh not in {task_id for task_id, _ in acknowledged}


def test_time_goes_on_while_it_is_down(started):
    mock = started("--speed", "1e6")
    with client(mock) as http:
        task = http.post(TEXT, json=BODY).json()["data"]
    kill(mock)

    mock = started()
    with client(mock) as http:
        said = http.get(f"{TEXT}/{task['task_id']}").json()["data"]
        assert said["task_status"] == "succeed"
        url = said["task_result"]["videos"][0]["url"]
        assert url.startswith(mock.url)
        assert http.get(url).status_code == 200


def test_a_planned_life_and_an_end_by_hand_survive(started):
    mock = started()
    with client(mock) as http:
        plan = {"statuses": ["submitted", "failed"], "begins": [0, 0.01], "message": "too dark"}
        http.post("/_mock/plan", json=plan)
        ids = [http.post(TEXT, json=BODY).json()["data"]["task_id"] for _ in range(2)]
        http.post(f"/_mock/tasks/{ids[1]}", json={"status": "succeed"}).raise_for_status()
    kill(mock)

    with client(started()) as http:
        said = [http.get(f"{TEXT}/{one}").json()["data"] for one in ids]

    assert [one["task_status"] for one in said] == ["failed", "succeed"]
    assert said[0]["task_status_msg"] == "too dark"


def test_callbacks_go_on_after_a_restart_and_none_comes_twice(started, tmp_path):
    mock = started()
    with client(mock) as http:
        body = BODY | {"callback_url": "http://127.0.0.1:1/"}
        task = http.post(TEXT, json=body).json()["data"]
        wait_for(http, task, 1)
    kill(mock)

    with client(started()) as http:
        http.post("/_mock/clock", json={"advance": 400}).raise_for_status()
        assert wait_for(http, task, 2) == ["processing", "succeed"]


def wait_for(http, task, count):
    """Return the statuses of the callbacks of a task, once there are so many."""
    for _ in range(500):
        [shown] = http.get("/_mock/state").json()["tasks"]
        assert shown["id"] == task["task_id"]
        if len(shown["callbacks"]) >= count:
            break
        time.sleep(0.01)
    return [one["status"] for one in shown["callbacks"]]


def test_deleted_voices_and_occupied_slots_survive(started):
    mock = started("--speed", "1e6", "--package", "video:2:10")
    with client(mock) as http:
        body = {"voice_name": "Ada", "voice_url": "https://example.org/ada.mp3"}
        made = http.post(VOICE, json=body).json()["data"]["task_id"]
        voice = http.get(f"{VOICE}/{made}").json()["data"]["task_result"]["voices"][0]["voice_id"]
        deleted = http.post("/v1/general/delete-voices", json={"voice_id": voice})
        assert deleted.json()["code"] == 0, deleted.text
        speech = {"text": "Hello", "voice_id": "uk_boy1", "voice_language": "en"}
        assert http.post("/v1/audio/tts", json=speech).json()["code"] == 0
        stuck = {"statuses": ["submitted", "processing"], "times": 2}
        http.post("/_mock/plan", json=stuck)
        assert [http.post(TEXT, json=BODY).json()["code"] for _ in range(3)] == [0, 0, 1303]
    kill(mock)

    with client(started("--package", "video:2:10")) as http:
        again = http.post("/v1/general/delete-voices", json={"voice_id": voice})
        assert "already be deleted" in again.json()["message"]
        assert http.post(TEXT, json=BODY).json()["code"] == 1303
        state = http.get("/_mock/state").json()
        # Only what is still in flight counts from the start on.
        assert state["peak"] == [{"package": "video", "model": "kling-v3", "tasks": 2}]
        [package] = state["packages"]
        assert package["left"] == 3.9  # a voice, a spoken text, and two videos


def test_media_in_a_request_do_not_fill_the_file(started, tmp_path):
    mock = started()
    image = "QUJD" * 500_000
    body = {"model_name": "kling-v3", "image": image, "prompt": "A fox"}
    with client(mock) as http:
        reply = http.post("/v1/videos/image2video", json=body)
    assert reply.json()["code"] == 0, reply.text

    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert size < 500_000


def other_program(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE holidays (day TEXT)")
    other.close()


def no_database(path):
    path.write_text(json.dumps({"no": "database"}) * 1000)


@pytest.mark.parametrize("write", [other_program, no_database])
def test_another_file_is_refused_and_left_alone(kling_command, tmp_path, write):
    path = tmp_path / "other"
    write(path)
    before = path.read_bytes()

    done = kling_command("mock", "--port", "0", "--state", str(path))

    assert done.exit_code == 1
    assert f"{path} cannot hold the state of the mock" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before


def test_a_file_serves_one_mock_at_a_time(started, kling_command, tmp_path):
    started()

    done = kling_command("mock", "--port", "0", "--state", str(tmp_path / "mock.db"))

    assert done.exit_code == 1
    assert "locked" in done.stderr


def codes_of_300_tasks(mock):
    """Return what the queries of 300 tasks say, oldest first, once all are made."""
    with client(mock) as http:
        ids = [http.post(TEXT, json=BODY).json()["data"]["task_id"] for _ in range(300)]
        return [http.get(f"{TEXT}/{one}").json()["code"] for one in ids]


def test_without_a_file_the_oldest_tasks_are_forgotten(mock_process):
    mock = mock_process("--as-of", "2026-03-01", "--keep", "100", "--speed", "1000000")

    codes = codes_of_300_tasks(mock)

    assert codes[200:] == [0] * 100
    assert codes[:100] == [1201] * 100


def test_a_task_that_runs_is_never_forgotten(mock_process):
    mock = mock_process("--as-of", "2026-03-01", "--keep", "100")

    assert codes_of_300_tasks(mock) == [0] * 300


def test_the_clock_stays_put_forward(started):
    mock = started()
    with client(mock) as http:
        task = http.post(TEXT, json=BODY).json()["data"]["task_id"]
        for _ in range(2):
            http.post("/_mock/clock", json={"advance": 1800}).raise_for_status()
    kill(mock)

    mock = started()
    with client(mock) as http:
        assert http.get(f"{TEXT}/{task}").json()["data"]["task_status"] == "succeed"
        ahead = http.get("/_mock/state").json()["now"] / 1000 - time.time()
        http.post("/_mock/reset", json={}).raise_for_status()
    assert ahead == pytest.approx(3600, abs=5)
    kill(mock)

    with client(started()) as http:
        ahead = http.get("/_mock/state").json()["now"] / 1000 - time.time()
    assert ahead == pytest.approx(3600, abs=5)


def test_closed_the_file_alone_has_everything(tmp_path):
    engine = Engine(
        load(), clock=RealClock(), keys=Keys(), settings=Settings(), state=tmp_path / "db"
    )
    create = engine.spec.operations["createTextToVideoTask"]
    engine.tasks.create(create, BODY, 0.0, Life(("submitted",), (0.0,)), "http://127.0.0.1")

    engine.close()

    assert [path.name for path in tmp_path.iterdir()] == ["db"]
    with closing(sqlite3.connect(tmp_path / "db")) as kept:
        assert kept.execute("SELECT count(*) FROM tasks").fetchone() == (1,)


def test_a_file_from_before_a_family_got_its_name_keeps_its_lists(tmp_path):
    document = copy.deepcopy(load().document)
    for tag in document["tags"]:
        if tag["x-kling-family"] == "text_to_video":
            tag["x-kling-former-families"] = ["words_to_video"]
    known = {"clock": RealClock(), "keys": Keys(), "settings": Settings(), "state": tmp_path / "db"}
    engine = Engine(load(), **known)
    create = engine.spec.operations["createTextToVideoTask"]
    engine.tasks.create(create, BODY, 0.0, Life(("submitted",), (0.0,)), "http://127.0.0.1")
    engine.close()
    with closing(sqlite3.connect(tmp_path / "db")) as kept, kept:
        kept.execute("UPDATE tasks SET family = 'words_to_video'")

    engine = Engine(Spec(document), **known)

    assert len(engine.tasks.page("text_to_video", 1, 10)) == 1
    engine.close()


def test_a_callback_that_had_no_outcome_yet_is_sent_again(started):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(10)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        mock = started()
        with client(mock) as http:
            http.post(TEXT, json=BODY | {"callback_url": url}).raise_for_status()
        # No answer, and so no outcome, comes before the end.
        with silent.accept()[0]:
            kill(mock)

        started()
        connection, _ = silent.accept()
        with connection:
            assert b'"task_status": "submitted"' in received(connection)


def received(connection):
    """Return what comes before the connection is silent for half a second."""
    got = b""
    connection.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        while data := connection.recv(65536):
            got += data
    return got


def spoil(statement):
    def write(path):
        with closing(sqlite3.connect(path)) as other, other:
            other.execute(statement)

    return write


def damage(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\xaa" * len(content[4096 * 2 :])
    path.write_bytes(content)


@pytest.fixture(scope="module")
def written(module_mock_process, tmp_path_factory):
    """Return a folder with the file of a mock that was killed, and what belongs to it."""
    folder = tmp_path_factory.mktemp("written")
    options = ("--as-of", "2026-03-01", "--speed", "1e6", "--state", str(folder / "mock.db"))
    mock = module_mock_process(*options)
    with client(mock) as http:
        made = http.post(VOICE, json={"voice_name": "A", "voice_url": "https://example.org/a.mp3"})
        task = made.json()["data"]["task_id"]
        voice = http.get(f"{VOICE}/{task}").json()["data"]["task_result"]["voices"][0]["voice_id"]
        deleted = http.post("/v1/general/delete-voices", json={"voice_id": voice})
        assert deleted.json()["code"] == 0, deleted.text
    kill(mock)
    return folder


@pytest.mark.parametrize(
    "write",
    [
        spoil("""UPDATE tasks SET record = '["createNothing"]'"""),
        spoil("UPDATE tasks SET record = '{'"),
        spoil("UPDATE tasks SET record = '[]'"),
        spoil("UPDATE memory SET value = '7' WHERE name = 'behaviours.deleted'"),
        damage,
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_words(written, kling_command, tmp_path, write):
    path = shutil.copytree(written, tmp_path, dirs_exist_ok=True) / "mock.db"
    write(path)

    done = kling_command("mock", "--port", "0", "--state", str(path))

    assert done.exit_code == 1
    assert f"{path} cannot hold the state of the mock" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mock_that_nobody_needs_any_more_is_closed():
    mock = KlingMock()
    # private: a database that is closed shows it to nobody else.
    database = mock._engine.tasks._db

    del mock
    gc.collect()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")
