"""Make a video of each picture of a table; run it again after whatever stopped it.

pictures.csv has the columns image and prompt; a job is called as its picture is.
"""

from kling.batch import Batch, read_jobs

jobs = read_jobs("pictures.csv", operation="image_to_video", fields={"model_name": "kling-v3"})
with Batch("pictures.sqlite", out="out", budget={"video": 200}) as batch:
    batch.add_all(jobs)
    for job in batch.run():
        print(*job.files or (job.id, job.status, job.message))
