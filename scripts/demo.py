"""Show the package at work on a mock: one request is refused, two make videos."""

import subprocess
import sys
from pathlib import Path

from kling import InvalidRequestError, Kling, Request, Task, models
from tqdm import tqdm

OUT = Path("out")


def main(*options: str) -> None:
    """Start a mock with these options of `kling mock`, and run the demonstration against it."""
    command = [sys.executable, "-m", "kling", "mock", "--port", "0", "--speed", "40", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as mock:
        try:
            assert mock.stdout is not None  # it is a pipe
            print(first_line := mock.stdout.readline().strip())
            with Kling(api_key="mock-api-key", base_url=first_line.rpartition(" ")[2]) as client:
                refuse_a_wrong_request(client)
                make_a_video(
                    client,
                    models.TextToVideoRequest(
                        model_name="kling-v3",
                        prompt="A fox crosses a frozen lake at dawn",
                        duration="8",
                    ),
                )
                make_a_video(
                    client,
                    models.ImageToVideoRequest(
                        model_name="kling-v2-6",
                        image="https://example.org/portrait.png",
                        prompt="She turns her head and smiles",
                        mode="pro",
                        sound="on",
                    ),
                )
        finally:
            mock.terminate()


def refuse_a_wrong_request(client: Kling) -> None:
    """Request sound in a mode without sound, and a duration that the model does not offer."""
    print("\nA wrong request:")
    wrong = models.TextToVideoRequest(
        model_name="kling-v2-6", prompt="A fox at dawn", sound="on", duration="7"
    )
    try:
        client.create(wrong)
    except InvalidRequestError as error:
        print(error)


def make_a_video(client: Kling, request: Request) -> None:
    """Create a task, wait for it and download its results."""
    print(f"\n{type(request).__name__}:")
    shown = set()
    with tqdm(bar_format="{desc} {elapsed}", file=sys.stdout, disable=None) as bar:
        # With disable=None, tqdm shows no bar if the output is not a terminal.

        def show(task: Task) -> None:
            line = f"{task.ref} {task.status}"
            bar.set_description_str(line)
            if bar.disable and line not in shown:  # the output is not a terminal
                print(line, flush=True)
            shown.add(line)

        task = client.wait(client.create(request), timeout=120, interval=0.5, on_update=show)
    for path in client.download(task, OUT):
        print(f"{path} ({path.stat().st_size} bytes)")


if __name__ == "__main__":
    main(*sys.argv[1:])
