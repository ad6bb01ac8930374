"""What `kling models` says of the current standard against the capability map."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kling.description import Cell, capabilities, load

from scripts.build import bundle

SPEC = load()
MAP = bundle.load(Path(__file__).with_name("capabilities-by-model.yaml"))
CREATES = {one.family: one for one in SPEC.operations.values() if one.task and one.path_model}
# O1 keeps the sound of a video, which the map does not say; how long it may be then, nobody does.
UNTOLD = {"kling_o1_video": {"original-sound"}}


def spread(text: str) -> Iterator[Cell]:
    resolution, _, lengths = text.partition("-")
    first, _, last = lengths.partition("..")
    if not first:
        yield resolution, ""
        return
    for seconds in range(int(first), int(last or first) + 1):
        yield resolution, str(seconds)


def test_the_map_has_every_family_of_the_current_standard() -> None:
    assert MAP.keys() == CREATES.keys()


@pytest.mark.parametrize("family", CREATES)
def test_a_model_can_do_what_the_map_says(family: str) -> None:
    [found] = capabilities(SPEC, CREATES[family])

    shown = {"generate": found.cells, **found.features}
    told = {
        name: set(cells)
        for name, cells in shown.items()
        if cells and name not in UNTOLD.get(family, ())
    }
    assert told == {
        name: {cell for text in texts for cell in spread(text)}
        for name, texts in MAP[family].items()
    }


@pytest.mark.parametrize("family", CREATES)
def test_the_model_is_the_one_of_the_path(family: str) -> None:
    [found] = capabilities(SPEC, CREATES[family])

    assert CREATES[family].path.endswith(f"/{found.model}")
    assert found.retired is None
