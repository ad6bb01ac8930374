"""The mock's page and the API reference, in a real browser, as someone who uses them."""

import http.client
import json
import os
import shlex
import signal
import time
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="make test-page installs Playwright")
expect = sync_api.expect
WIDTHS = {1280: 900, 390: 844}
# A page that is there polls once a second.
REFRESHES = 2500
EVIL = '<img src=x onerror="window.broken = true">'
HERE = Path(__file__).parent


@dataclass
class Seen:
    """What a browser had to do for a page."""

    page: object
    urls: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def look(browser):
    """Return a function that opens a page; in the end nothing foreign was asked for."""
    opened = []

    def at(base, path="/_mock/", *, width=1280, allow_errors=False, **options):
        size = {"width": width, "height": WIDTHS[width]}
        context = browser.new_context(viewport=size, **options)
        page = context.new_page()
        seen = Seen(page)
        page.on("request", lambda request: seen.urls.append(request.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and seen.errors.append(message.text),
        )
        page.on("dialog", lambda dialog: seen.errors.append(f"dialog: {dialog.message}"))
        opened.append((base, context, seen, allow_errors))
        page.goto(f"{base}{path}")
        return page

    yield at
    for base, context, seen, allow_errors in opened:
        context.close()
        foreign = [url for url in seen.urls if not url.startswith((f"{base}/", "data:", "blob:"))]
        assert foreign == []
        assert allow_errors or seen.errors == []


@dataclass
class Caller:
    """A program that uses the mock."""

    url: str

    def post(self, path, body):
        headers = {"Authorization": "Bearer mock-api-key"}
        return httpx.post(f"{self.url}{path}", json=body, headers=headers)

    def create(self, path="/v1/videos/text2video", **fields):
        body = {"model_name": "kling-v3", "prompt": "A fox at dawn", **fields}
        reply = self.post(path, body)
        assert reply.status_code == 200, reply.text
        return reply.json()["data"]["task_id"]

    def control(self, path, body):
        assert httpx.post(f"{self.url}/_mock/{path}", json=body).status_code == 200


def task(page, task_id):
    """Return the card of a task."""
    return page.get_by_role("article").filter(has_text=task_id)


def tab_to(page, name):
    """Press Tab until the focus is on what has this accessible name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() and here.evaluate("(e) => e.ariaLabel || e.textContent.trim()") == name:
            return here
    raise AssertionError(f"Tab never comes to {name}")


def until(page, condition):
    """Wait until something is so; Playwright's own way is an eval, which the page forbids."""
    end = time.monotonic() + 10
    while not page.evaluate(f"() => {condition}"):
        assert time.monotonic() < end, f"never: {condition}"
        page.wait_for_timeout(50)


def test_who_comes_first_is_told_how_to_begin_and_the_line_works(mock_process, look):
    mock = mock_process()
    page = look(mock.url)

    expect(page.get_by_text("No tasks yet")).to_be_visible()
    line = page.get_by_label("A command that creates a task").inner_text()
    words = shlex.split(line.replace("\\\n", " "))
    assert words[:2] == ["curl", f"{mock.url}/v1/videos/text2video"]
    headers = dict(
        words[index + 1].split(": ", 1) for index, word in enumerate(words) if word == "-H"
    )
    reply = httpx.post(words[1], headers=headers, content=words[words.index("-d") + 1])

    assert reply.status_code == 200
    expect(task(page, reply.json()["data"]["task_id"])).to_be_visible()
    expect(page.get_by_text("No tasks yet")).to_be_hidden()


def test_files_of_every_kind_are_shown_or_can_be_opened(mock_process, look):
    mock = mock_process("--speed", "600")
    page = look(mock.url)
    body = {"contents": [{"type": "source_video", "url": "https://example.org/episode.mp4"}]}
    made = Caller(mock.url).post("/solutions/drama_subtitle", body).json()["data"]["id"]

    card = task(page, made)

    expect(card.get_by_role("heading", name="Drama subtitles")).to_be_visible()
    expect(card.locator("video")).to_be_visible(timeout=20_000)
    for number, kind in enumerate(("subbed_video", "srt", "ass"), start=1):
        link = card.get_by_role("link", name=f"Open {kind} {number} of task {made}")
        expect(link).to_be_visible()
    address = page.evaluate("(e) => e.href", link.element_handle())
    assert httpx.get(address).text.startswith("[Script Info]")


def test_a_task_appears_goes_its_way_and_its_video_plays_on(mock_process, look):
    mock = mock_process("--speed", "100")
    caller = Caller(mock.url)
    page = look(mock.url)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    card = task(page, caller.create())

    expect(card.get_by_role("heading", name="Text to video")).to_be_visible()
    expect(card.get_by_role("list", name="Life").get_by_role("listitem")).to_have_count(3)
    expect(card.locator("[aria-current=step]")).to_contain_text("succeed", timeout=20_000)
    video = card.locator("video")
    expect(video).to_be_visible()
    video.evaluate("(e) => { window.kept = e; e.muted = true; e.loop = true; return e.play(); }")
    until(page, "kept.readyState >= 3 && kept.videoWidth > 0 && kept.currentTime > 0.2")
    other = caller.create()
    expect(task(page, other)).to_be_visible()
    page.wait_for_timeout(REFRESHES)
    # The same element still plays, though a task was put above it.
    assert page.evaluate("kept.isConnected && !kept.paused && !kept.error")
    assert page.evaluate("kept.played.end(kept.played.length - 1)") > 1


@pytest.mark.parametrize(
    ("path", "fields", "tag", "is_there"),
    [
        (
            "/v1/images/generations",
            {"model_name": "kling-v2-1", "n": 2},
            "img",
            "e.decode().then(() => e.naturalWidth > 0)",
        ),
        (
            "/v1/audio/text-to-audio",
            {"model_name": None, "duration": 5},
            "audio",
            "new Promise((done) => { e.oncanplay = () => done(e.duration > 1); e.load(); })",
        ),
    ],
)
def test_pictures_and_sounds_are_shown(mock_process, look, path, fields, tag, is_there):
    mock = mock_process("--speed", "1000")
    caller = Caller(mock.url)
    body = {"prompt": "Rain on a tin roof", "model_name": "kling-v3", **fields}
    reply = caller.post(path, {name: value for name, value in body.items() if value is not None})
    assert reply.status_code == 200, reply.text
    page = look(mock.url)

    media = task(page, reply.json()["data"]["task_id"]).locator(tag)

    expect(media.first).to_be_visible()
    for index in range(media.count()):
        media.nth(index).scroll_into_view_if_needed()
        assert media.nth(index).evaluate(f"(e) => {is_there}")


def test_looking_at_a_file_does_not_use_up_what_is_planned_for_downloads(mock_process, look):
    mock = mock_process("--speed", "1000")
    caller = Caller(mock.url)
    task_id = caller.create()
    caller.control("plan", {"fault": "expire"})
    page = look(mock.url)

    video = task(page, task_id).locator("video")

    expect(video).to_be_visible()
    video.evaluate("(e) => { window.kept = e; e.muted = true; }")
    until(page, "kept.readyState >= 1")
    expect(page.locator("#plans-list")).to_contain_text("the file has expired")
    plans = httpx.get(f"{mock.url}/_mock/state").json()["plans"]
    assert [plan["fault"] for plan in plans] == ["expire"]


def test_a_task_fails_by_keyboard_alone_and_says_why(mock_process, look):
    mock = mock_process()
    task_id = Caller(mock.url).create()
    page = look(mock.url)
    card = task(page, task_id)
    expect(card).to_be_visible()

    tab_to(page, f"Fail task {task_id}")
    page.keyboard.press("Tab")
    page.keyboard.type("Out of luck")
    page.wait_for_timeout(REFRESHES)
    expect(page.locator(":focus")).to_have_value("Out of luck")
    page.keyboard.press("Enter")

    expect(card.get_by_text("Out of luck")).to_be_visible()
    expect(card.locator("[aria-current=step]")).to_contain_text("failed")
    expect(card.get_by_role("button")).to_have_count(0)
    # The button is gone; whoever pressed it is still at its task.
    expect(card.get_by_role("heading")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=task_id)).to_contain_text("failed")


def test_a_task_finishes_at_the_press_of_a_button(mock_process, look):
    mock = mock_process()
    task_id = Caller(mock.url).create()
    page = look(mock.url)

    page.get_by_role("button", name=f"Finish task {task_id}").click()

    expect(task(page, task_id).locator("video")).to_be_visible()


def test_a_refused_request_shows_why_and_stays_open_where_it_was_opened(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    refused = {"model_name": "kling-v2-6", "prompt": "A fox", "duration": "7", "sound": "on"}
    assert caller.post("/v1/videos/text2video", refused).status_code == 400
    page = look(mock.url)

    entry = page.locator("#wrong-list > li")
    expect(entry).to_contain_text("400 · 1201")
    rules = entry.get_by_role("list", name="Broken rules").get_by_role("listitem")
    expect(rules).to_have_count(2)
    expect(rules.last).to_contain_text("duration must be")
    expect(rules.locator("code")).to_have_text(
        ["text-to-video.sound-models", "text-to-video.duration-models"]
    )
    summary = entry.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(entry.get_by_text("Request id")).to_be_visible()

    for _ in range(3):
        caller.create()
    page.wait_for_timeout(REFRESHES)

    entry = page.locator("#wrong-list > li").last
    expect(entry.get_by_text("Request id")).to_be_visible()
    expect(entry.locator("summary")).to_be_focused()


def test_polls_of_a_task_are_one_line_and_what_went_wrong_can_be_picked_out(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    task_id = caller.create()
    caller.post("/v1/videos/text2video", {"model_name": "kling-v3"})
    page = look(mock.url)
    for _ in range(5):
        httpx.get(
            f"{mock.url}/v1/videos/text2video/{task_id}",
            headers={"Authorization": "Bearer mock-api-key"},
        )

    requests = page.locator("#requests-list > li")
    expect(requests).to_have_count(3)
    expect(requests.first).to_contain_text(f"GET /v1/videos/text2video/{task_id}")
    expect(requests.first).to_contain_text("\N{MULTIPLICATION SIGN} 5")
    wrong = page.locator("#wrong-list > li")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("prompt")
    expect(page.locator("#wrong-count")).to_have_text("1201 \N{MULTIPLICATION SIGN} 1")


@pytest.mark.parametrize("width", WIDTHS)
def test_refusals_are_the_first_thing_seen_and_only_the_newest(mock_process, look, width):
    mock = mock_process()
    caller = Caller(mock.url)
    for number in range(5):
        caller.create()
        body = {"model_name": "kling-v3", "prompt": "A fox", "duration": f"{number + 50}"}
        assert caller.post("/v1/videos/text2video", body).status_code == 400
    page = look(mock.url, width=width)

    wrong = page.locator("#wrong-list > li")
    expect(wrong).to_have_count(3)
    expect(wrong.first).to_contain_text("54")
    expect(wrong.first).to_be_in_viewport(ratio=1)
    tops = [page.locator(place).bounding_box()["y"] for place in ("#wrong", "#now", "#tasks")]
    assert tops == sorted(tops)
    page.get_by_role("button", name="Show 2 older").click()
    expect(wrong).to_have_count(5)


def test_requests_are_next_to_tasks_where_there_is_room(mock_process, look):
    mock = mock_process()
    Caller(mock.url).create()
    page = look(mock.url)
    expect(page.get_by_role("article")).to_have_count(1)

    tasks, requests = (page.locator(place).bounding_box() for place in ("#tasks", "#requests"))

    assert abs(tasks["y"] - requests["y"]) < 2
    assert requests["x"] > tasks["x"] + 200


def test_a_task_shows_its_prompt_and_what_it_costs(mock_process, look):
    mock = mock_process("--speed", "1000")
    caller = Caller(mock.url)
    made = caller.create(prompt=EVIL, duration="10")
    free = caller.create()
    caller.control("plan", {"statuses": ["failed"], "message": "too dark"})
    caller.create()
    page = look(mock.url)

    expect(task(page, made)).to_contain_text(EVIL)
    expect(task(page, made).locator("[data-slot=cost]")).to_have_text("6 units")
    expect(task(page, free).locator("[data-slot=cost]")).to_have_text("3 units")
    expect(page.get_by_role("article").first.locator("[data-slot=cost]")).to_have_text(
        "nothing charged"
    )
    assert page.evaluate("window.broken") is None


def test_a_long_sample_plays_to_its_end_and_can_be_sought(mock_process, look):
    mock = mock_process("--speed", "1000")
    made = Caller(mock.url).create(duration="15", mode="pro", aspect_ratio="9:16")
    page = look(mock.url)

    video = task(page, made).locator("video")
    expect(video).to_be_visible()
    video.evaluate("(e) => { window.kept = e; e.muted = true; e.playbackRate = 8; e.play(); }")
    until(page, "kept.ended")
    assert page.evaluate("[kept.videoWidth, kept.videoHeight, Math.floor(kept.duration)]") == [
        1080,
        1920,
        15,
    ]
    video.evaluate("(e) => { e.currentTime = 9.5; }")
    until(page, "!kept.seeking && kept.readyState >= 2")
    assert page.evaluate("kept.error") is None


def test_the_reference_opens_with_the_families_that_people_use(mock_process, look):
    page = look(mock_process().url, "/_mock/docs")
    entries = page.locator("[data-item-id^='tag/']:not([data-item-id*='/operation/'])")

    expect(entries.nth(3)).to_be_attached(timeout=30_000)
    first = entries.evaluate_all("(all) => all.slice(0, 4).map((e) => e.dataset.itemId)")

    assert first == [
        f"tag/{family}"
        for family in ("text_to_video", "image_to_video", "omni_video", "kling_30_text_to_video")
    ]


def test_what_callers_send_is_text_and_never_markup(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    task_id = caller.create(external_task_id=EVIL)
    caller.create(callback_url=f"http://127.0.0.1:9/{EVIL}")
    caller.control(f"tasks/{task_id}", {"status": "failed", "message": f"why {EVIL}"})
    caller.control("plan", {"statuses": ["failed"], "message": f"plan {EVIL}"})
    host = httpx.URL(mock.url)
    connection = http.client.HTTPConnection(host.host, host.port)
    # As it is, for clients that are better behaved would escape it.
    connection.request("GET", f"/v1/{EVIL.replace(' ', '/')}")
    assert connection.getresponse().status >= 400
    connection.close()
    page = look(mock.url)

    for text in (f"external id {EVIL}", f"why {EVIL}", f"plan {EVIL}", EVIL.replace(" ", "/")):
        expect(page.get_by_text(text).first).to_be_visible()
    page.wait_for_timeout(REFRESHES)
    assert page.evaluate("window.broken") is None
    assert page.locator("img, script:not([src])").count() == 0


def test_the_clock_goes_on(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    page = look(mock.url)
    card = task(page, caller.create())
    expect(card.locator("[aria-current=step]")).to_contain_text("submitted")

    def clock():
        return httpx.get(f"{mock.url}/_mock/state").json()["now"] / 1000

    before = clock()
    page.get_by_role("button", name="+1 h").click()
    expect(card.locator("[aria-current=step]")).to_contain_text("succeed")
    page.get_by_label("Seconds").first.fill("86400")
    page.get_by_role("button", name="Advance").click()
    expect(page.get_by_role("status").filter(has_text="86400")).to_be_visible()
    assert clock() - before == pytest.approx(90_000, abs=60)


def test_the_next_task_fails_as_planned(mock_process, look):
    mock = mock_process("--speed", "1000")
    page = look(mock.url)
    expect(page.get_by_text("Nothing is planned")).to_be_visible()

    page.get_by_label("Why it fails", exact=True).fill("Image pixel is too small")
    page.get_by_role("button", name="Plan this outcome").click()
    plan = "Next task: submitted → processing → failed, “Image pixel is too small”"
    expect(page.get_by_text(plan)).to_be_visible()
    card = task(page, Caller(mock.url).create())

    expect(card.get_by_text("Image pixel is too small")).to_be_visible()
    expect(page.get_by_text(plan)).to_be_hidden()


def test_every_fault_of_the_form_can_be_planned_and_all_be_forgotten(mock_process, look):
    mock = mock_process()
    page = look(mock.url)
    faults = page.get_by_label("What goes wrong")
    expect(faults.locator("option")).not_to_have_count(0)
    names = faults.locator("option").all()

    for count, option in enumerate(names, 1):
        faults.select_option(option.get_attribute("value"))
        page.get_by_role("button", name="Plan this fault").click()
        expect(page.locator("#plans-list > li")).to_have_count(count)
    planned = httpx.get(f"{mock.url}/_mock/state").json()["plans"]
    assert [one["fault"] for one in planned] == [one.get_attribute("value") for one in names]
    assert Caller(mock.url).post("/v1/videos/text2video", {"prompt": "A fox"}).status_code == 429

    page.get_by_role("button", name="Clear all plans").click()
    expect(page.get_by_text("Nothing is planned")).to_be_visible()
    expect(page.get_by_role("heading", name="Plan what happens next")).to_be_focused()


def test_a_code_of_kling_s_and_an_operation_can_be_chosen(mock_process, look):
    mock = mock_process()
    page = look(mock.url)

    page.get_by_label("Which calls").select_option("createTextToVideoTask")
    page.get_by_role("combobox", name="Kling's code", exact=True).select_option(
        label="1302: too many requests"
    )
    page.get_by_label("Message (optional)").fill("Slow down")
    page.get_by_label("How many times").fill("")
    page.get_by_role("button", name="Plan this fault").click()
    expect(page.locator("#plans-list")).to_contain_text("code 1302, “Slow down”")
    reply = Caller(mock.url).post("/v1/videos/text2video", {"prompt": "A fox"})

    assert (reply.status_code, reply.json()["code"]) == (429, 1302)
    expect(page.locator("#requests-list > li")).to_contain_text("Planned fault: refuse")
    expect(page.locator("#plans-list")).to_contain_text("until cleared")


def test_what_the_mock_does_not_take_is_said(mock_process, look):
    mock = mock_process()
    # A browser itself says on the console that a reply was 400.
    page = look(mock.url, allow_errors=True)

    page.get_by_label("What goes wrong").select_option("html")
    page.get_by_label("HTTP status").fill("204")
    page.get_by_role("button", name="Plan this fault").click()

    expect(page.get_by_text("a reply with status 204 has no body")).to_be_visible()


def test_a_reset_asks_first(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    task_id = caller.create()
    page = look(mock.url)
    expect(task(page, task_id)).to_be_visible()

    reset = page.get_by_role("button", name="Reset")
    dialog = page.get_by_role("dialog", name="Reset the mock?")
    reset.click()
    expect(dialog).to_contain_text("1 task, 1 request and 0 plans")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(reset).to_be_focused()
    expect(task(page, task_id)).to_be_visible()
    reset.click()
    dialog.get_by_role("button", name="Reset").click()

    expect(page.get_by_text("No tasks yet")).to_be_visible()
    expect(page.get_by_text("No requests yet")).to_be_visible()


def test_a_mock_that_is_away_is_said_to_be_and_comes_back(mock_process, look):
    mock = mock_process()
    Caller(mock.url).create()
    # A browser itself says on the console that nobody answers.
    page = look(mock.url, allow_errors=True)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    os.kill(mock.process.pid, signal.SIGKILL)
    mock.process.wait()
    expect(page.get_by_role("status").filter(has_text="Mock not reachable")).to_be_visible()
    page.get_by_role("button", name="+10 s").click()
    expect(page.get_by_text("Not done: the mock is not reachable.")).to_be_visible()
    mock_process("--port", str(httpx.URL(mock.url).port))

    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    expect(page.get_by_text("No tasks yet")).to_be_visible()


def test_a_page_that_nobody_sees_asks_for_nothing(mock_process, look):
    mock = mock_process()
    page = look(mock.url)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    def turn(hidden):
        page.evaluate(
            "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, "
            "configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }",
            hidden,
        )

    turn(True)
    page.wait_for_timeout(1500)
    asked.clear()
    page.wait_for_timeout(REFRESHES)
    assert asked == []
    turn(False)
    page.wait_for_timeout(300)
    assert asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_can_be_read_on_any_screen(mock_process, look, width, scheme):
    mock = mock_process("--speed", "1000")
    caller = Caller(mock.url)
    caller.control("packages", ["video:5:100"])
    caller.create(external_task_id="an-id-without-a-space-" * 6)
    caller.post("/v1/videos/text2video", {"model_name": "kling-v3", "duration": "99"})
    caller.post("/v1/" + "a-path-without-an-end-" * 8, {})
    caller.control("plan", {"fault": "stall", "seconds": 3, "on": "get", "times": None})
    caller.control("plan", {"statuses": ["submitted", "failed"], "message": "word" * 30})
    caller.create()
    page = look(mock.url, width=width, color_scheme=scheme)
    expect(page.get_by_role("article")).to_have_count(2)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    faint = page.evaluate((HERE / "contrast.js").read_text(encoding="utf-8"))
    assert faint == []


def test_landmarks_headings_and_names_lead_a_screen_reader(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    caller.control("packages", ["video:5:100"])
    task_id = caller.create()
    page = look(mock.url)
    expect(task(page, task_id)).to_be_visible()

    for landmark in ("banner", "navigation", "main", "complementary", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    outline = page.get_by_role("heading").evaluate_all(
        "(all) => all.map((e) => [Number(e.tagName[1]), e.textContent.trim()])"
    )
    assert [text for level, text in outline if level == 1] == ["Kling mock"]
    levels = [level for level, _ in outline]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for name in ("Tasks", "Requests", "Plan what happens next", "Quota", "Limits of this mock"):
        expect(page.get_by_role("region", name=name)).to_be_visible()
    nameless = page.locator("input, select, button").evaluate_all(
        "(all) => all.filter((e) => !e.ariaLabel && !e.textContent.trim() && !e.labels?.length)"
        ".map((e) => e.outerHTML)"
    )
    assert nameless == []
    assert page.locator("[aria-live=assertive], [role=alert]").count() == 0
    limits = page.get_by_role("region", name="Limits of this mock")
    expect(limits.get_by_text("It charges the prices of the description")).to_be_visible()


def test_the_skip_link_leads_past_the_top(mock_process, look):
    mock = mock_process()
    page = look(mock.url)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the tasks")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_what_happens_by_itself_is_said_now_and_then_not_each_time(mock_process, look):
    mock = mock_process()
    caller = Caller(mock.url)
    page = look(mock.url)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.evaluate(
        "window.said = []; new MutationObserver(() => { const text = "
        "document.getElementById('status').textContent; if (text) said.push(text); })"
        ".observe(document.getElementById('status'), {childList: true, characterData: true});"
    )

    for _ in range(8):
        caller.create()
        time.sleep(0.5)
    page.wait_for_timeout(4000)

    said = page.evaluate("said")
    assert 1 <= len(said) <= 2
    assert "new task" in said[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_reference_has_every_operation(mock_process, look, width):
    mock = mock_process()
    page = look(mock.url, "/_mock/docs", width=width)
    portable = json.loads(files("kling_api").joinpath("openapi.portable.json").read_text("utf-8"))
    operations = {
        operation["operationId"]: operation["summary"]
        for methods in portable["paths"].values()
        for operation in methods.values()
        if isinstance(operation, dict) and "operationId" in operation
    }

    sections = page.locator("[id^='tag/'][id*='/operation/']")
    expect(sections).to_have_count(len(operations), timeout=30_000)
    shown = sections.evaluate_all("(all) => all.map((e) => e.id.split('/').at(-1))")
    assert set(shown) == set(operations)
    for summary in operations.values():
        expect(page.get_by_role("heading", name=summary).first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Addresses to copy are the mock's.
    expect(page.get_by_text(f"{mock.url}/v1/videos/text2video").first).to_be_attached()
    for name in ("Redoc", "third-party code"):
        link = page.get_by_role("link", name=name, exact=True)
        assert "MIT" in httpx.get(f"{mock.url}/_mock/{link.get_attribute('href')}").text
