"""Use a product that is not described here, such as Kling 4.0, and resume after a crash.

Run it with: python unlisted.py
The path and the body are placeholders: replace them with those of your Kling console. Nothing is
checked before it is sent.
"""

import kling

request = kling.Unlisted("/text-to-video/kling-4.0", {"prompt": "A fox at dawn"})
with kling.Kling() as client:
    # With this id and reuse, a second run gets the task of the first one.
    task = client.create(request, external_task_id="fox-at-dawn-1", reuse=True)
    for path in client.download(client.wait(task, timeout=900), "out"):
        print(path)
