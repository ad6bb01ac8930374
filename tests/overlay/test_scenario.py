"""Files of plans, as people write them."""

import pytest

# private: the command would serve for ever what it has read well.
from kling._cli.mock_command import read_plans


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a text as a file of plans."""

    def read_text(text):
        path = tmp_path / "scenario.yaml"
        path.write_text(text, encoding="utf-8")
        return read_plans(path)

    return read_text


CUT = {"fault": "cut", "bytes": 5, "on": "download"}


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("- fault: cut\n  bytes: 5\n  on: download\n", [CUT]),
        ('[\n\t{"fault": "cut",\n\t"bytes": 5, "on": "download"}\n]\n', [CUT]),
        ("- {fault: stall, seconds: 1e3}", [{"fault": "stall", "seconds": 1000}]),
        ("- {fault: stall, seconds: .5}", [{"fault": "stall", "seconds": 0.5}]),
        ("- {fault: html, times: null}", [{"fault": "html", "times": None}]),
        ("- {fault: html, times: ~}", [{"fault": "html", "times": None}]),
        ("- {fault: html, times:  }", [{"fault": "html", "times": None}]),
        (
            "- {statuses: [failed], message: yes}",
            [{"statuses": ["failed"], "message": "yes"}],
        ),
        (
            "- {statuses: [failed], message: 2026-03-01}",
            [{"statuses": ["failed"], "message": "2026-03-01"}],
        ),
        (
            "- &a {fault: html}\n- {<<: *a, times: 2}",
            [{"fault": "html"}, {"fault": "html", "times": 2}],
        ),
        ("[]", []),
    ],
)
def test_it_is_read(read, text, plans):
    assert read(text) == plans


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {fault: stal}", "stal is not a fault"),
        ("- {fault: html, times: true}", "times must be a whole number"),
        ("- !!python/object:os.system {}", "cannot be read as JSON or YAML"),
        ("[" * 3000, "is nested too deeply"),
        ("- " * 3000, "is nested too deeply"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_file(read, tmp_path, text, said):
    with pytest.raises(ValueError, match=said) as caught:
        read(text)

    assert str(caught.value).startswith(str(tmp_path / "scenario.yaml"))
