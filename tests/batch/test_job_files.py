"""Files of jobs: what becomes of their rows, and what is said of everything that is wrong."""

import csv
import json
import pickle
import random
import tracemalloc
from decimal import Decimal

import pytest
from kling.batch import JobsFileError, look_at, read_jobs, report_lines
from kling.batch.columns import Columns
from kling.description import load
from media_files import png, wav

HEAD = "id,model_name,prompt,duration\n"
FOX = "fox,kling-v3,A fox at dawn,5\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Return a function that writes a file beside some pictures, and returns its path."""
    folder = tmp_path / "here"
    folder.mkdir()
    for name in ("cat", "dog"):
        (folder / f"{name}.png").write_bytes(png(400, 400))
    (folder / "tiny.png").write_bytes(png(40, 40))
    # Paths are relative to the file, and not to where the program runs.
    monkeypatch.chdir(tmp_path)

    def written(name, content):
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def lines(*jobs):
    return "".join(json.dumps(job) + "\n" for job in jobs)


def said(path, **options):
    """Return what is wrong with a file, by line, each without the id of the rule."""
    found = look_at(path, **options).problems
    return [(one.line, one.message.partition(" [")[0]) for one in found]


def only_job(path, **options):
    found = look_at(path, **options)
    assert found.problems == ()
    [job] = found.jobs
    return job


# ----------------------------------------------------------------------------- forms of tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_table_is_read_as_every_spreadsheet_writes_it(table, delimiter, mark, end):
    text = (HEAD + 'fox,kling-v3,"one, two; three\tfour",5\n,,,\n').replace("\n", end)
    rows = csv.reader(text.splitlines())
    with (path := table("a.csv", mark)).open("a", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)

    job = only_job(path, operation="text_to_video")

    assert (job.line, job.id, job.operation) == (2, "fox", "createTextToVideoTask")
    assert job.body == {
        "model_name": "kling-v3",
        "prompt": "one, two; three\tfour",
        "duration": "5",
    }


def test_a_delimiter_that_a_spreadsheet_names_counts(table):
    path = table("a.csv", "sep=|\r\nid|prompt|model_name\r\na|x, y; z|kling-v3\r\n")

    assert only_job(path, operation="text_to_video").body["prompt"] == "x, y; z"


def test_a_tsv_and_lines_of_json_say_the_same(table):
    fields = {"model_name": "kling-v3", "prompt": "A fox", "cfg_scale": 0.5}
    tsv = table("a.tsv", "id\tmodel_name\tprompt\tcfg_scale\nfox\tkling-v3\tA fox\t0.5\n")
    flat = table("a.jsonl", lines({"id": "fox", **fields}))
    nested = table("b.jsonl", "\n" + lines({"id": "fox", "body": fields}) + "\n")
    named = table("c.ndjson", lines({"id": "fox", "operation": "TextToVideoRequest", **fields}))

    jobs = [only_job(path, operation="text-to-video") for path in (tsv, flat, nested, named)]

    assert [job.body for job in jobs] == [fields] * 4
    assert {job.operation for job in jobs} == {"createTextToVideoTask"}
    assert jobs[2].line == 2


def test_a_text_over_several_lines_keeps_the_count_of_lines(table):
    path = table("a.csv", HEAD + 'a,kling-v3,"one\ntwo",5\n\nb,kling-v3,x,99\n')

    [(line, message)] = said(path, operation="text_to_video")

    assert line == 5
    assert message.startswith("duration must be one of ")


def test_a_file_of_another_name_is_refused(table):
    with pytest.raises(
        ValueError, match=r"name of a\.xlsx must end in \.csv or \.tsv, or in \.jsonl"
    ):
        look_at(table("a.xlsx", FOX))


# ----------------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("operation", "column", "cell", "body"),
    [
        ("createImageGenerationTask", "n", "3", {"n": 3}),
        ("createImageGenerationTask", "n", " 3.0 ", {"n": 3}),
        ("createImageGenerationTask", "n", "many", {"n": "many"}),
        ("createImageGenerationTask", "prompt", "7", {"prompt": "7"}),
        ("createImageGenerationTask", "image_fidelity", ".25", {"image_fidelity": 0.25}),
        ("createTextToVideoTask", "duration", "5", {"duration": "5"}),
        ("createTextToVideoTask", "duration", " 5 ", {"duration": "5"}),
        ("createTextToVideoTask", "multi_shot", "TRUE", {"multi_shot": True}),
        ("createTextToVideoTask", "multi_shot", "false", {"multi_shot": False}),
        ("createTextToVideoTask", "prompt", "true", {"prompt": "true"}),
        ("createTextToVideoTask", "prompt", " {x} ", {"prompt": " {x} "}),
        (
            "createTextToVideoTask",
            "watermark_info.enabled",
            "true",
            {"watermark_info": {"enabled": True}},
        ),
        (
            "createKling30TextToVideoTask",
            "settings.duration",
            "7",
            {"settings": {"duration": 7}},
        ),
        (
            "createKling30ImageToVideoTask",
            "contents.prompt.text",
            "7",
            {"contents": [{"type": "prompt", "text": "7"}]},
        ),
        (
            "createKling30ImageToVideoTask",
            "contents[0].text",
            "7",
            {"contents": [{"text": "7"}]},
        ),
        ("createOmniImageTask", "series_amount", "4", {"series_amount": 4}),
        ("createOmniImageTask", "series_amount", "auto", {"series_amount": "auto"}),
        (
            "createTextToVideoTask",
            "multi_prompt",
            '[{"index": 1}]',
            {"multi_prompt": [{"index": 1}]},
        ),
        ("createTextToVideoTask", "multi_prompt[0].index", "1", {"multi_prompt": [{"index": 1}]}),
        ("createTextToVideoTask", "multi_prompt.0.index", "1", {"multi_prompt": [{"index": 1}]}),
        # Of the empty cells before it nothing is left.
        ("createTextToVideoTask", "multi_prompt[4].index", "1", {"multi_prompt": [{"index": 1}]}),
    ],
)
def test_a_cell_gets_the_type_of_its_field(operation, column, cell, body):
    spec = load()
    problems = []

    assert _exact(columns_of(operation).body({column: cell}, problems)) == _exact(body)
    assert problems == []
    assert columns_of(operation).problem(column) == ""
    assert spec.operations[operation].task


def columns_of(operation):
    return Columns(load().operations[operation], load())


def _exact(value):
    """Return a value in a form that tells 1 from True, and from 1.0."""
    return json.dumps(value, sort_keys=True)


def test_cells_of_a_path_that_nobody_described_are_read_as_json_would_be(table):
    head = "id,prompt,n,sound,options.keep,images[0].url,list\n"
    path = table("a.csv", head + 'a,A fox,3,true,false,x,"[1, 2]"\n')

    assert only_job(path, operation="/text-to-video/kling-4.0").body == {
        "prompt": "A fox",
        "n": 3,
        "sound": True,
        "options": {"keep": False},
        "images": [{"url": "x"}],
        "list": [1, 2],
    }


def test_columns_that_belong_to_one_list_or_object_are_put_together(table):
    path = table(
        "a.csv",
        "id,model_name,aspect_ratio,image_list[1].image_url,image_list[0].image_url,prompt\n"
        "a,kling-v3-omni,16:9,https://example.org/2.png,https://example.org/1.png,x\n"
        "b,kling-v3-omni,16:9,https://example.org/2.png,,x\n",
    )

    both, one = look_at(path, operation="omni_video").jobs

    urls = [entry["image_url"] for entry in both.body["image_list"]]
    assert urls == ["https://example.org/1.png", "https://example.org/2.png"]
    assert one.body["image_list"] == [{"image_url": "https://example.org/2.png"}]


def test_what_all_jobs_have_yields_to_what_a_job_says(table):
    fields = {"model_name": "kling-v3", "duration": "10"}
    path = table(
        "a.jsonl",
        lines(
            {"id": "a", "prompt": "x"},
            {"id": "b", "body": {"prompt": "x", "duration": "5"}},
            {"id": "c", "operation": "text_to_video", "prompt": "x", "model_name": "kling-v2-6"},
        ),
    )

    jobs = look_at(path, operation="text_to_video", fields=fields).jobs

    got = [(job.body["model_name"], job.body["duration"]) for job in jobs]
    assert got == [("kling-v3", "10"), ("kling-v3", "5"), ("kling-v2-6", "10")]


def test_a_column_with_a_number_sign_is_a_note(table):
    path = table("a.csv", "id,model_name,prompt,# why\nfox,kling-v3,A fox,because\n")

    assert only_job(path, operation="text_to_video").body.keys() == {"model_name", "prompt"}


# ----------------------------------------------------------------------------- media and ids


def test_a_picture_is_named_by_its_path_from_the_file_or_by_a_url(table, tmp_path):
    url = "https://example.org/dog.png"
    path = table("a.csv", f"image,prompt,id\ncat.png,x,\n{url},x,far\n")

    near, far = look_at(path, operation="image_to_video", fields={"model_name": "kling-v3"}).jobs

    assert near.body["image"] == tmp_path / "here" / "cat.png"
    assert (near.id, far.id) == ("cat", "far")
    assert far.body["image"] == url


def test_a_medium_goes_where_the_command_run_puts_it(table):
    path = table(
        "a.jsonl",
        lines(
            {
                "id": "omni",
                "operation": "omni_video",
                "prompt": "x",
                "aspect_ratio": "1:1",
                "image": ["cat.png", "dog.png"],
            },
            {"operation": "kling_30_image_to_video", "image": "cat.png"},
        ),
    )

    omni, current = look_at(path).jobs

    assert [one["image_url"].name for one in omni.body["image_list"]] == ["cat.png", "dog.png"]
    assert [one["type"] for one in current.body["contents"]] == ["first_frame"]
    assert current.id == "cat"


def test_a_file_that_kling_would_refuse_is_refused_by_line(table):
    path = table("a.csv", "image\ntiny.png\nnowhere.png\n.\ncat.png\n")

    tiny, missing, folder = said(
        path, operation="image_to_video", fields={"model_name": "kling-v3"}
    )

    assert tiny == (2, "image is 40 x 40 px; each side must have at least 300 px.")
    assert missing == (3, f"image: there is no file {path.parent / 'nowhere.png'}")
    assert folder[0] == 4
    assert folder[1].startswith("image: there is no file")


def test_the_content_of_a_file_does_not_go_into_the_state(table):
    content = "A" * 5000
    path = table("a.jsonl", lines({"id": "a", "image": content}, {"id": "b", "image": "data:x,"}))

    problems = said(path, operation="image_to_video")

    assert [line for line, _ in problems] == [1, 2]
    assert all(one.startswith("image contains a file; give its path") for _, one in problems)


def test_a_video_is_taken_by_url_only(table):
    fields = {"character_orientation": "image", "mode": "std", "image": "cat.png"}
    path = table("a.jsonl", lines({"id": "a", "video": "cat.png", **fields}))

    [(_, message)] = said(path, operation="motion_control")

    assert message.startswith("video_url must be a URL that begins with http:// or https://")


def test_a_sound_behind_a_path_is_measured_for_its_price(table):
    path = table("a.csv", "id,image,sound_file\na,cat.png,tone.wav\n")
    (path.parent / "tone.wav").write_bytes(wav(7.0))

    found = look_at(path, operation="avatar")

    assert found.problems == ()
    [cost] = found.total.estimates
    assert cost.seconds == (Decimal(7), Decimal(7))


def test_jobs_without_an_id_or_one_file_are_told_what_an_id_is(table):
    path = table("a.csv", "prompt,image,image_tail\nx,cat.png,dog.png\ny,,\nz,cat.png,\n")

    problems = dict(said(path, operation="image_to_video", fields={"model_name": "kling-v2-6"}))

    assert "add a column named id" in problems[2]
    assert "add a column named id" in problems[3]
    assert 4 not in problems


@pytest.mark.parametrize(
    ("job", "message"),
    [
        ({"id": True}, "id must be a string, such as fox-1"),
        ({"id": 1.5}, "id must be a string, such as fox-1"),
        ({"id": " "}, "id must be a text of 1 to 200 characters without line breaks"),
        ({"id": "a\nb"}, "id must be a text of 1 to 200 characters without line breaks"),
        ({"id": "a" * 201}, "id must be a text of 1 to 200 characters without line breaks"),
    ],
)
def test_an_id_must_be_a_name(table, job, message):
    fox = {"prompt": "x", "model_name": "kling-v3"}

    assert said(table("a.jsonl", lines({**fox, **job})), operation="text_to_video") == [
        (1, message)
    ]


def test_a_number_is_an_id_as_a_text(table):
    fox = {"prompt": "x", "model_name": "kling-v3"}
    path = table("a.jsonl", lines({"id": 7, **fox}, {"id": "7", **fox}))

    assert said(path, operation="text_to_video") == [(2, "line 1 has the same id, 7")]


# ----------------------------------------------------------------------------- what is wrong


def test_all_that_is_wrong_is_told_by_line_at_once(table):
    path = table(
        "clips.csv",
        "id,operation,model_name,promt,prompt,duration\n"
        "a,text_to_video,kling-v3,,x,5\n"
        "b,text_to_video,kling-v3,secret,x,99\n"
        "a,text_to_video,kling-v3,,x,5\n"
        "c,text_to_vide,kling-v3,,x,5\n"
        "d,,kling-v3,,x,5\n"
        "e,text_to_video,kling-v3,,x,5,6\n"
        "f,text_to_video,kling-v3,,,5\n",
    )

    with pytest.raises(JobsFileError) as caught:
        read_jobs(path)

    shown = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in shown] == [
        "clips.csv, line 3",
        "clips.csv, line 3",
        "clips.csv, line 4",
        "clips.csv, line 5",
        "clips.csv, line 6",
        "clips.csv, line 7",
        "clips.csv, line 8",
    ]
    assert "promt is not a field of createTextToVideoTask; did you mean prompt?" in shown[0]
    assert "duration must be one of" in shown[1]
    assert "line 2 has the same id, a" in shown[2]
    assert "did you mean text_to_video?" in shown[3]
    assert "the operation is missing" in shown[4]
    assert "cell 7 does not have a column in the header" in shown[5]
    assert "prompt" in shown[6]
    assert "secret" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (
            "settings",
            "settings is not a field of createOmniVideoTask; the fields are model_name, ",
        ),
        (
            "image_list.image_url",
            "image_list.image_url is not a field; image_list is a list, with ent",
        ),
        ("image_list[0].imageurl", "did you mean image_list[0].image_url?"),
        ("prompt.text", "prompt.text is not a field; prompt does not have fields"),
        ("image_list[", "image_list[ is not the name of a field, such as duration, settings"),
        ("x" * 100, f"{'x' * 60}... is not a field of createOmniVideoTask"),
    ],
)
def test_a_wrong_column_is_told_what_it_may_mean(column, message):
    assert message in columns_of("createOmniVideoTask").problem(column)


def test_a_part_of_contents_is_named_by_its_type():
    wrong = columns_of("createKling30ImageToVideoTask").problem("contents.frist_frame.url")

    assert wrong.endswith("did you mean contents.first_frame?")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"image_list": "a.png"}, "image_list must be a list in JSON; or use columns such as imag"),
        ({"watermark_info": "{"}, "watermark_info must be an object in JSON; or use columns"),
        (
            {"image_list": "[]", "image_list[0].image_url": "x"},
            "image_list and image_list[0].image_url exclude each other; leave one out",
        ),
        (
            {"image_list[0].image_url": "x", "image_list": "[]"},
            "image_list is given twice, whole and in parts; leave one out",
        ),
    ],
)
def test_cells_that_cannot_be_put_together_are_told_why(cells, message):
    problems = []

    columns_of("createOmniVideoTask").body(cells, problems)

    [found] = problems
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "the line must be a JSON object"),
        ("{", "the line is not valid JSON at column"),
        ('{"id": "a", "id": "b"}', "the object has the key id twice"),
        ('{"id": "a", "cfg_scale": NaN}', "NaN is not valid JSON"),
        ("[" * 100_000, "the line is nested too deeply"),
        ("1" * 10_000, "the line has a number with too many digits"),
        ('{"id": "a", "body": [1]}', "body must be an object"),
        ('{"id": "a", "body": {"prompt": "x"}, "prompt": "y"}', "prompt is given both in body"),
        ('{"id": "a", "operation": 5}', "operation must be a string"),
        (
            '{"id": "a", "external_task_id": "x", "prompt": "x"}',
            "external_task_id must be left out",
        ),
        ('{"id": "a", "prompt": "\\ud800"}', "prompt contains half of a surrogate pair"),
        ('{"id": "a", "image": "cat.png"}', "createTextToVideoTask has no field for image"),
    ],
)
def test_a_line_of_json_that_is_no_job_is_told_why(table, line, message):
    path = table("a.jsonl", line + "\n" + lines({"id": "z", "prompt": "x"}))

    found = said(path, operation="text_to_video")

    assert found[0][0] == 1
    assert found[0][1].startswith(message)
    assert [one.id for one in look_at(path, operation="text_to_video").jobs] == ["z"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 0, "the file does not contain any jobs"),
        (b"\n\n", 0, "the file does not contain any jobs"),
        (HEAD.encode(), 0, "the file does not contain any jobs"),
        (b"\x89PNG\r\n\x1a\n\0\0", 1, "byte 1 of the line is not UTF-8"),
        (HEAD.encode() + b"a,\0,x,5\n", 2, "the line contains a byte 0"),
        (HEAD.encode("utf-16"), 1, "the file is in UTF-16"),
        (
            HEAD.encode() + "a,kling-v3,Füchse,5\n".encode("latin-1"),
            2,
            "byte 13 of the line is not UTF",
        ),
        (HEAD.encode() + b'a,kling-v3,"open,5\n', 2, "a quotation mark is not closed; the file"),
        (HEAD.encode() + b'a,"b"c,x,5\n', 2, "a quotation mark must be doubled"),
        (HEAD.encode() + b"a" * 2_000_000, 2, "the line has more than 1024 KiB"),
        (b"id,id\na,b\n", 1, "the header has id twice"),
        (b"id,\na,b\n", 2, "cell 2 does not have a column"),
    ],
)
def test_a_broken_table_is_told_why(table, content, line, message):
    found = said(table("a.csv", content), operation="text_to_video")

    assert found[-1][0] == line
    assert found[-1][1].startswith(message)


def test_bytes_by_chance_are_never_more_than_a_list_of_problems(table):
    chance = random.Random(1)
    for number in range(60):
        text = chance.choices(b'ab,;"\n\r\t{}[]:\\\0\xff\xc3', k=200)
        for name in ("a.csv", "a.jsonl"):
            found = look_at(table(name, HEAD.encode() * (number % 2) + bytes(text)))
            assert found.problems
            assert report_lines(found.path, found.problems)


def test_the_same_mistake_on_many_lines_is_told_once(table):
    rows = "".join(f"{number},kling-v3,,5\n" for number in range(9))

    [line] = report_lines(*_found(look_at(table("a.csv", HEAD + rows), operation="text_to_video")))

    assert line.startswith("a.csv, lines 2, 3, 4, 5, 6 and 4 more: prompt")


def _found(found):
    return found.path, found.problems


def test_what_kling_would_ignore_or_refuse_soon_is_remarked(table):
    path = table("a.csv", "id,prompt,model_name\na,x,kling-v1\n")

    [remark] = look_at(path, operation="text_to_video").remarks

    assert remark.line == 2
    assert "was retired on" in remark.message


def test_the_cost_of_all_jobs_is_by_package(table):
    video = {"operation": "text_to_video", "model_name": "kling-v3", "prompt": "x"}
    image = {"operation": "image_generation", "model_name": "kling-v2-1", "prompt": "x"}
    path = table("a.jsonl", lines({"id": 1, **video}, {"id": 2, **video}, {"id": 3, **image}))

    total = look_at(path).total

    assert total.units.keys() == {"video", "image"}
    assert total.units["video"] == 2 * total.estimates[0].units


def test_a_great_table_takes_little_memory(table):
    rows = "".join(f"job-{number},kling-v3,A fox number {number},5\n" for number in range(500))
    path = table("a.csv", HEAD + rows)
    look_at(table("b.csv", HEAD + FOX), operation="text_to_video")
    tracemalloc.start()

    found = look_at(path, operation="text_to_video")

    assert len(found.jobs) == 500
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500 * 2000
    assert kept > 0


def test_a_file_has_a_greatest_number_of_jobs(table, monkeypatch):
    monkeypatch.setattr("kling.batch.job_files._MOST_JOBS", 2)
    path = table("a.csv", HEAD + "".join(f"{n},kling-v3,x,5\n" for n in range(5)))

    [(line, message)] = said(path, operation="text_to_video")

    assert line == 4
    assert message.startswith("a file holds at most 2 jobs; split it")
