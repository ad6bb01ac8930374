"""An id of an element that a program has rounded: JavaScript's numbers do not hold 18 digits."""

from decimal import Decimal

import pytest

PICTURE = "https://example.org/picture.png"
TASKS = "/v1/general/advanced-custom-elements"
BASIC = "/v1/general/custom-elements"


def rounded(number):
    """Return a number as JavaScript prints it: with the fewest digits that mean the same one."""
    return int(Decimal(repr(float(number))))


def use(ask, element_id):
    body = {"model_name": "kling-v3", "image": PICTURE, "prompt": "<<<element_1>>> waves"}
    body["element_list"] = [{"element_id": 160}, {"element_id": element_id}]
    return ask("POST", "/v1/videos/image2video", json=body)


def use_by_model(ask, element_id):
    contents = [
        {"type": "prompt", "text": "<<<ada>>> waves"},
        {"type": "first_frame", "url": PICTURE},
        {"type": "element", "element_id": str(element_id), "id": "ada"},
    ]
    return ask("POST", "/image-to-video/kling-3.0", json={"contents": contents})


def delete(ask, element_id):
    body = {"element_id": str(element_id)}
    return ask("POST", "/v1/general/delete-advanced-elements", json=body)


USES = [use, use_by_model, delete]


@pytest.fixture
def ids(ask, kling_mock):
    """Return the ids of some elements, of the newer library and of the older one."""
    body = {"element_name": "Ada", "element_description": "A woman in a green coat"}
    images = {"frontal_image": PICTURE, "refer_images": [{"image_url": PICTURE}]}
    newer = {**body, "reference_type": "image_refer", "element_image_list": images}
    older = {"element_frontal_image": PICTURE, "element_refer_list": images["refer_images"]}
    for _ in range(3):
        assert ask("POST", TASKS, json=newer).json()["code"] == 0
        assert ask("POST", BASIC, json=body | older).json()["code"] == 0
    kling_mock.clock.advance(600)
    made = [task["task_result"]["elements"][0] for task in ask("GET", TASKS).json()["data"]]
    made += ask("GET", BASIC).json()["data"]
    return [one["element_id"] for one in made]


@pytest.mark.parametrize("use", USES)
def test_a_rounded_id_is_1201_and_says_why(ask, refused, ids, use):
    for element_id in ids:
        assert rounded(element_id) not in ids
        said = refused(use(ask, rounded(element_id)), 400, 1201)
        assert said.startswith(f"Element id not found: {rounded(element_id)} (")
        assert "JavaScript" in said


def test_nothing_is_made_of_a_rounded_id(ask, kling_mock, ids):
    before = kling_mock.state()["counts"]["tasks"]
    use(ask, rounded(ids[0]))

    assert kling_mock.state()["counts"]["tasks"] == before


@pytest.mark.parametrize("use", USES)
def test_the_id_itself_is_taken(ask, ids, use):
    for element_id in ids:
        assert use(ask, element_id).json()["code"] == 0


@pytest.mark.parametrize("use", [use, use_by_model])
def test_ids_that_were_not_made_here_are_taken(ask, ids, use):
    foreign = [1, 160, 829836802793406551, 829836802793406600, "007", 10**17, 2**63 - 1]
    # Further away than a number is rounded.
    for element_id in (*foreign, ids[0] + 100, ids[0] - 100, "9" * 5000):
        assert use(ask, str(element_id)).json()["code"] == 0


def test_an_id_of_another_kind_of_thing_tells_nothing(ask, kling_mock):
    body = {"model_name": "kling-v3", "prompt": "A fox"}
    made = ask("POST", "/v1/videos/text2video", json=body).json()["data"]
    kling_mock.clock.advance(600)
    (task,) = ask("GET", "/tasks", params={"task_ids": made["task_id"]}).json()["data"]

    assert use(ask, rounded(task["outputs"][0]["id"])).json()["code"] == 0


def test_an_id_of_the_mock_is_more_than_javascript_holds(ids):
    assert all(rounded(element_id) != element_id for element_id in ids)


def test_the_current_standard_shows_an_id_as_text(ask, ids):
    outputs = [task["outputs"] for task in ask("POST", "/tasks", json={}).json()["data"]["result"]]

    assert {one["id"] for (one,) in outputs} == {str(one) for one in ids[:3]}
