"""What people and programs are shown of a check."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import junitparser
import pytest
from kling.check import Kind
from kling.check.reports import as_json, html, junit, terminal
from sample_report import HOSTILE, REPORT, found

NOTHING = replace(REPORT, findings=(), undecided=(), not_tried=(), created=0, units={}, unpriced=0)
UNREACHABLE = replace(NOTHING, parts=(), unreachable=f"no answer {HOSTILE}")
# What moves a cursor, turns text around, or is no character.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff\ufffe\uffff]"
)


class Tags(HTMLParser):
    """The tags of a page, what they load, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.loads, self.text, self.ids, self.links = [], [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "action", "data", "poster"):
                self.loads.append(value)
            elif name == "id":
                self.ids.append(f"#{value}")
            elif name == "href":
                self.links.append(value)

    def handle_data(self, data):
        self.text.append(data)


def lines_of(report, width=100):
    return list(terminal(report, width))


def test_families_come_in_the_order_of_their_worst_finding():
    report = replace(
        REPORT,
        findings=(
            found(Kind.LIST, family="avatar"),
            found(Kind.CODE),
            found(Kind.ACCEPTED),
            found(Kind.TASK, family="avatar"),
        ),
    )

    lines = lines_of(report, 400)

    heads = [
        line
        for line in lines
        if line in {f"  {kind.value}" for kind in Kind} or line.endswith("findings")
    ]
    assert heads == [
        "text_to_video: 2 findings",
        f"  {Kind.ACCEPTED.value}",
        f"  {Kind.CODE.value}",
        "avatar: 2 findings",
        f"  {Kind.TASK.value}",
        f"  {Kind.LIST.value}",
    ]


def test_a_difference_of_many_families_is_told_once_at_the_top():
    families = ["avatar", "image_to_video", "text_to_video"]
    many = [
        found(Kind.STATUS, family=family, got="200 with code 1201", place=f"{family}.rule")
        for family in families
    ]
    many += [
        found(Kind.REPLY, "replies", family, place=f"{family}Reply: data.task_status")
        for family in families
    ]
    report = replace(REPORT, findings=(*many, found(Kind.CODE), found(Kind.CODE, family="avatar")))

    lines = lines_of(report, 400)

    assert lines[1:5] == [
        "",
        "the same in many families",
        "  3 families: wrong HTTP status: expected 400 with code 1201; got 200 with code 1201 "
        "[refusals]",
        f"  3 families: {Kind.REPLY.value}: data.task_status: expected 400 with code 1201; got 200 "
        "with code 0 [replies]",
    ]
    assert lines[3].strip() in html(report)
    assert "in many families" not in "\n".join(lines_of(REPORT))
    assert "in many families" not in html(REPORT)


def test_a_finding_is_a_line_with_all_that_is_known_of_it():
    (line,) = [line for line in lines_of(REPORT, 400) if "sound-models" in line]

    assert line == (
        "    text-to-video.sound-models: expected 400 with code 1201; got 200 with code 0 "
        '[refusals, 8 requests]: POST /v1/videos/text2video {"sound":"on"}'
    )


def test_the_last_line_says_what_was_found_sent_and_spent():
    assert lines_of(REPORT, 400)[-1] == (
        "4 findings in 2 families; 5 undecided; 230 not tried; 937 requests in 33 s; "
        "12 tasks created (84.5 units of video, 300 units of image, 2 without a known price)"
    )
    assert lines_of(NOTHING, 400)[-1] == (
        "nothing found; 0 undecided; 0 not tried; 937 requests in 33 s; no tasks created"
    )


def test_what_was_left_out_and_left_open_is_told_with_its_reason():
    text = "\n".join(lines_of(REPORT, 400))

    assert "  acceptances: all of it (230 requests): needs --spend" in text
    assert (
        "  types: CreateTextToVideo.field0, CreateTextToVideo.field1, CreateTextToVideo.field2 "
        "and 2 more: only a page says that it is refused"
    ) in text
    assert "  refusals: a wrong request was accepted" in text


@pytest.mark.parametrize("width", [10, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    lines = lines_of(REPORT, width)

    assert max(map(len, lines)) <= max(width, 40)


def test_a_long_text_is_cut_on_a_terminal_and_whole_elsewhere():
    report = replace(REPORT, findings=(found(Kind.CODE, got="word " * 1000),))

    assert len("".join(lines_of(report))) < 3000
    for whole in (junit(report), html(report), json.dumps(as_json(report))):
        assert whole.count("word ") >= 999


@pytest.mark.parametrize("report", [REPORT, UNREACHABLE], ids=["findings", "unreachable"])
@pytest.mark.parametrize("form", [lambda one: "\n".join(lines_of(one)), junit, html])
def test_what_nobody_can_see_is_written_out(form, report):
    text = form(report)

    assert not UNSEEN.search(text)
    assert "\\x1b[31mred" in text.replace("\n      ", " ")


def test_the_page_loads_nothing_and_runs_nothing():
    page = html(REPORT)
    tags = Tags(page)

    assert tags.loads == []
    assert "script" not in tags.tags
    assert not re.search(r"url\(|@import", page)
    assert "content=\"default-src 'none'; style-src" in page.replace("&#x27;", "'")
    assert [link for link in tags.links if link not in tags.ids] == []
    assert len(tags.ids) == len(tags.links) == 3


def test_the_page_has_every_finding_as_it_was():
    text = "".join(Tags(html(REPORT)).text)

    for finding in REPORT.findings:
        for part in (finding.request, finding.expected, finding.place, finding.kind.value):
            assert part in text
    assert "<script>alert(1)</script>" in text
    for one in REPORT.undecided:
        assert one.place in text
    assert "needs --spend" in text


@pytest.mark.parametrize("report", [REPORT, NOTHING, UNREACHABLE])
def test_the_tags_of_the_page_are_closed(report):
    void = {"meta", "link", "br"}
    page = re.sub(r"<!doctype html>|<style>.*</style>", "", html(report), flags=re.DOTALL)
    open_tags = []
    for closing, tag in re.findall(r"<(/?)(\w+)", page):
        if closing:
            assert open_tags.pop() == tag
        elif tag not in void:
            open_tags.append(tag)

    assert open_tags == []


def test_a_reader_of_junit_reads_it(tmp_path):
    path = tmp_path / "junit.xml"
    path.write_text(junit(REPORT), encoding="utf-8")

    suites = {suite.name: suite for suite in junitparser.JUnitXml.fromfile(str(path))}

    assert list(suites) == [
        f"kling check: {part}"
        for part in ("credentials", "refusals", "stories", "types", "acceptances")
    ]
    refusals = suites["kling check: refusals"]
    assert (refusals.tests, refusals.failures, refusals.skipped) == (2, 2, 0)
    [first, _] = refusals
    assert first.classname == "kling check.refusals.text_to_video"
    assert first.name == "text-to-video.sound-models: a wrong request was accepted"
    [failure] = first.result
    assert isinstance(failure, junitparser.Failure)
    assert failure.message == "expected 400 with code 1201; got 200 with code 0"
    assert 'request: POST /v1/videos/text2video {"sound":"on"}' in failure.text
    [passed] = suites["kling check: credentials"]
    assert passed.is_passed
    [left] = suites["kling check: acceptances"]
    assert left.is_skipped
    assert left.result[0].message == "needs --spend"
    assert all(case.is_skipped for case in suites["kling check: types"])


def test_the_counts_of_junit_are_those_of_its_cases():
    root = ElementTree.fromstring(junit(REPORT))

    for element in (root, *root):
        for counter, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("skipped", "skipped"),
            ("errors", "error"),
        ):
            assert int(element.get(counter)) == len(list(element.iter(tag))), counter
    assert int(root.get("failures")) == len(REPORT.findings)


def test_a_server_that_cannot_be_asked_is_an_error_of_junit():
    root = ElementTree.fromstring(junit(UNREACHABLE))

    assert root.get("errors") == root.get("tests") == "1"
    assert root.find("testsuite/testcase/error").get("message").startswith("no answer")
    assert "could not be finished" in lines_of(UNREACHABLE, 400)[-1]


def test_json_has_what_the_report_has():
    told = json.loads(json.dumps(as_json(REPORT)))

    assert told["version"] == 1
    assert told["exit_code"] == 1
    assert told["units"] == {"video": "84.50", "image": "300"}
    assert told["started"] == "2026-11-30T20:00:00+00:00"
    assert len(told["undecided"]) == 5
    first, second = told["findings"][:2]
    assert first == {
        "kind": "accepted",
        "meaning": "a wrong request was accepted",
        "part": "refusals",
        "family": "text_to_video",
        "operation": "createTextToVideoTask",
        "request": 'POST /v1/videos/text2video {"sound":"on"}',
        "expected": "400 with code 1201",
        "got": "200 with code 0",
        "place": "text-to-video.sound-models",
        "times": 8,
    }
    assert second["got"].endswith(HOSTILE)


def test_every_key_of_the_json_is_documented():
    documented = set(re.findall(r"`(\w+)`", as_json.__doc__))
    told = as_json(REPORT)
    rows = [told["parts"][0], told["findings"][0], told["undecided"][0], told["not_tried"][0]]

    assert {*told, *(name for row in rows for name in row)} <= documented
