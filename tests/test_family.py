"""A family can be tested by itself, and a wrong name of one is answered with near ones."""

import pytest

from scripts.build.bundle import FAMILIES
from scripts.family import FOLDER, Family


@pytest.mark.parametrize(
    "test",
    [
        "test_a_body[text-to-video]",
        "test_a_rule[text-to-video.prompt-required]",
        "test_a_rule[image-input.bare-base64-createTextToVideoTask]",
        "test_an_operation[listTextToVideoTasks-minimal]",
        "test_a_request[TextToVideoRequest]",
        "test_an_example[/v1/videos/text2video post minimal]",
        "test_an_example[/v1/videos/text2video/{id} get responses 200]",
    ],
)
def test_a_test_that_names_a_family_is_of_that_family_alone(test: str) -> None:
    slugs = [path.stem for part in FAMILIES for path in FOLDER.glob(part)]

    assert [slug for slug in slugs if Family.named(slug).is_named_in(test)] == ["text-to-video"]


@pytest.mark.parametrize(
    ("slug", "words"),
    [("avatr", "avatr; did you mean avatar?"), ("x", "x; the families are account-costs, ")],
)
def test_a_wrong_name_is_answered_with_near_ones_or_with_all(slug: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("?", r"\?")):
        Family.named(slug)
