"""Send what nobody has described, such as Kling 4.0, and find its task again after a kill.

The path and the body are placeholders: write those that your console shows. Nothing is checked.
"""

import kling

request = kling.Unlisted("/text-to-video/kling-4.0", {"prompt": "A fox at dawn"})
with kling.Kling() as client:
    # With an id of your own the program can be run again: it gets what it paid for.
    task = client.create(request, external_task_id="fox-at-dawn-1", reuse=True)
    for path in client.download(client.wait(task, timeout=900), "out"):
        print(path)
