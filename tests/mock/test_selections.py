"""Points that mark something in frames of a video."""

import pytest

# private: how many selections are kept shows nowhere else.
from kling.mock._api import special_operations

ROOT = "/v1/videos/multi-elements"


@pytest.fixture
def session(ask):
    body = {"video_id": "752604391027695616"}
    return ask("POST", f"{ROOT}/init-selection", json=body).json()["data"]["session_id"]


@pytest.fixture
def mark(ask, session):
    """Return a function: add points, given as numbers, to a frame; or delete them."""

    def do(frame, *points, verb="add"):
        places = [{"x": point / 100, "y": 0.5} for point in points]
        body = {"session_id": session, "frame_index": frame, "points": places}
        return ask("POST", f"{ROOT}/{verb}-selection", json=body).json()

    return do


def test_points_that_are_refused_are_not_added(mark):
    assert mark(0, *range(9))["code"] == 0

    refused = mark(0, 20, 21)

    assert (
        refused["message"]
        == "a selection can have at most 10 frames, and at most 10 points in each"
    )
    assert mark(0, 20)["code"] == 0
    assert mark(0, 21)["code"] == 1201


def test_points_of_which_one_cannot_be_deleted_all_stay(mark):
    mark(0, 1, 2)

    assert mark(0, 1, 99, verb="delete")["code"] == 1201

    assert mark(0, 1, 2, verb="delete")["code"] == 0


def test_frames_without_points_do_not_count(mark):
    for frame in range(10):
        mark(frame, 1)
    assert mark(10, 1)["code"] == 1201
    for frame in range(10):
        mark(frame, 1, verb="delete")

    assert [mark(frame, 1)["code"] for frame in range(20, 31)] == [0] * 10 + [1201]


def test_the_oldest_selection_is_forgotten_in_the_end(ask, session, kling_mock, monkeypatch):
    assert special_operations._MAX_KEPT == 1000
    # Each is written down with all the others: so many take seconds.
    monkeypatch.setattr(special_operations, "_MAX_KEPT", 50)
    for _ in range(50):
        ask("POST", f"{ROOT}/init-selection", json={"video_id": "1"})

    said = ask("POST", f"{ROOT}/clear-selection", json={"session_id": session}).json()

    assert said["message"] == f"session not found: {session}"
    # private: how many are kept shows nowhere else.
    assert len(kling_mock._engine.api._memory.selections) == 50
