"""Make a video that begins with one image and ends with another, both from local files.

Run it in a folder with morning.png and evening.png: python end_frame.py
"""

from kling import InvalidRequestError, Kling, media, models

request = models.ImageToVideoRequest(
    model_name="kling-v2-6",
    image=media.image("morning.png"),
    image_tail=media.image("evening.png"),
    prompt="Time-lapse: the sun moves across the sky, and shadows turn around the house",
    negative_prompt="people, text",
    mode="pro",
    duration="5",
)

with Kling() as client:
    try:
        task = client.run(request, timeout=900)
    except InvalidRequestError as error:
        # Nothing was sent. A typical problem is an image that is too small.
        raise SystemExit("\n".join(map(str, error.problems))) from None
    for path in client.download(task, "videos"):
        print(path)
