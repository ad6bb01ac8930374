"""Make a video from each image of a table. If the program stops, run it again: it continues.

Run it in a folder with `pictures.csv`, which has the columns image and prompt:
python batch_pictures.py. The id of a job is the name of its image.
"""

from kling.batch import Batch, read_jobs

jobs = read_jobs("pictures.csv", operation="image_to_video", fields={"model_name": "kling-v3"})
with Batch("pictures.sqlite", out="out", budget={"video": 200}) as batch:
    batch.add_all(jobs)
    for job in batch.run():
        if job.files:
            print(*job.files)
        else:
            print(job.id, job.status, job.message)
