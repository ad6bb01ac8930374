"""What a mock with --state does when its disk is full: it says so, and keeps nothing by halves."""

import httpx
import kling
import pytest
from kling.description import load
from kling.mock import Keys, ManualClock, Package

# private: a mock in process has no file, and that of a served one cannot be filled from outside.
from kling.mock._api import Settings
from kling.mock._engine import Engine  # private: the same
from kling.mock._exchange import Transport  # private: the same
from kling.mock._serving import Server  # private: the same

TEXT = "/v1/videos/text2video"
VOICE = "/v1/general/custom-voices"
DELETE = "/v1/general/delete-voices"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
KEY = {"Authorization": "Bearer mock-api-key", "Content-Type": "application/json"}
# More than a page of the file, so that each task needs room of its own.
LONG = BODY | {"prompt": "fox " * 600}
ROOM = 1_000_000
PRICE = kling.estimate_body("createTextToVideoTask", BODY).units


class Disk:
    """A mock with a file, whose disk can be filled."""

    def __init__(self, path):
        self.clock = ManualClock(1.78e9)
        self._path = path
        self.start()

    def start(self):
        self.engine = Engine(
            load(),
            clock=self.clock,
            keys=Keys(),
            settings=Settings(),
            packages=[Package("video", 100, 100)],
            state=self._path,
        )
        transport = Transport(Server(self.engine).handle, self.clock)
        self.http = httpx.Client(transport=transport, base_url=transport.url, headers=KEY)

    def has_pages(self, count):
        # private: SQLite says that its disk is full when a file would have more pages than this.
        self.engine.tasks._db.execute(f"PRAGMA max_page_count = {count}")

    def can_write(self, *, can):
        # private: so full a disk takes nothing at all, and not the least change of a page.
        self.engine.tasks._db.execute(f"PRAGMA query_only = {int(not can)}")

    def fill(self):
        """Leave no room, and return the ids of the tasks that were made before."""
        self.has_pages(1)  # as many as there are, for it cannot have fewer
        made = []
        while (reply := self.http.post(TEXT, json=LONG)).status_code == 200:
            made.append(reply.json()["data"]["task_id"])
        return made

    def tasks(self):
        """Return the ids of all tasks, oldest first, each as `/v1` and as the ledger have it."""
        listed = self.http.get(TEXT, params={"pageSize": 500}).json()["data"]
        state = self.http.get("/_mock/state").json()
        ids = [one["task_id"] for one in listed]
        assert ids == [one["id"] for one in state["tasks"]]
        assert state["counts"]["tasks"] == len(ids)
        assert state["packages"][0]["left"] == 100 - len(ids) * PRICE
        return ids[::-1]


@pytest.fixture
def disk(tmp_path):
    disk = Disk(tmp_path / "mock.db")
    yield disk
    disk.engine.close()


def test_a_create_is_refused_in_words_and_nothing_of_it_is_kept(disk, capfd):
    made = disk.fill()
    bodies = [LONG | {"external_task_id": name} for name in ("one", "two")]

    replies = [disk.http.post(TEXT, json=body) for body in bodies]

    for reply in replies:
        said = reply.json()
        assert (reply.status_code, said["code"]) == (500, 5000)
        assert said["message"].endswith("so nothing was done: database or disk is full")
    assert disk.tasks() == made
    assert disk.http.get(f"{TEXT}/one").json()["code"] == 1201
    # Once, however many are refused.
    line = "Kling mock: the --state file cannot be written: database or disk is full\n"
    assert capfd.readouterr() == ("", line)


def test_it_works_again_once_there_is_room(disk, capfd):
    made = disk.fill()
    disk.has_pages(ROOM)

    body = LONG | {"external_task_id": "one"}
    made.append(disk.http.post(TEXT, json=body).json()["data"]["task_id"])

    assert disk.tasks() == made
    disk.engine.close()
    disk.start()
    assert disk.tasks() == made
    capfd.readouterr()
    disk.fill()
    assert capfd.readouterr().err.count("\n") == 1


ELEMENT = {
    "element_name": "Fox",
    "element_description": "A red fox",
    "element_frontal_image": "https://example.org/fox.png",
    "element_refer_list": [{"image_url": "https://example.org/side.png"}],
}


def elements(disk):
    listed = disk.http.get("/v1/general/custom-elements", params={"pageSize": 500}).json()["data"]
    return [one["element_id"] for one in listed][::-1]


def test_what_is_kept_beside_the_tasks_is_kept_whole_or_not_at_all(disk):
    disk.fill()
    made = []

    while True:
        reply = disk.http.post("/v1/general/custom-elements", json=ELEMENT)
        if reply.status_code == 500:
            break
        made.append(reply.json()["data"]["element_id"])
        assert len(made) < 1000, reply.text

    assert reply.json()["code"] == 5000
    assert elements(disk) == made
    disk.has_pages(ROOM)
    made.append(
        disk.http.post("/v1/general/custom-elements", json=ELEMENT).json()["data"]["element_id"]
    )
    disk.engine.close()
    disk.start()
    assert elements(disk) == made


SWITCHES = {
    "clock": {"advance": 3600},
    "reset": {},
    "tasks": {"status": "failed", "message": "too dark"},
}


@pytest.mark.parametrize("name", SWITCHES)
def test_the_mocks_own_switches_change_all_or_nothing(disk, name):
    made = disk.http.post(TEXT, json=BODY).json()["data"]["task_id"]
    path = f"tasks/{made}" if name == "tasks" else name
    before = disk.http.get("/_mock/state").json()
    disk.can_write(can=False)

    said = disk.http.post(f"/_mock/{path}", json=SWITCHES[name])

    assert said.status_code == 500
    assert "the mock cannot write its state file, so nothing was done: " in said.json()["message"]
    assert disk.http.get("/_mock/state").json() == before
    disk.can_write(can=True)
    assert disk.http.post(f"/_mock/{path}", json=SWITCHES[name]).status_code == 200


def test_callbacks_are_sent_all_the_same_and_once(disk, capfd):
    body = BODY | {"callback_url": "http://127.0.0.1:9/"}
    made = disk.http.post(TEXT, json=body).json()["data"]["task_id"]
    disk.can_write(can=False)

    disk.clock.advance(10)
    disk.can_write(can=True)
    disk.http.post(f"/_mock/tasks/{made}", json={"status": "succeed"}).raise_for_status()

    told = [one.status for one in disk.engine.callbacks.deliveries]
    assert told == ["submitted", "processing", "succeed"]
    assert capfd.readouterr().err.count("\n") == 1
