"""Make one video from a storyboard of several shots.

Run it with: python multi_shot.py
The lengths of the shots must add up to that of the video.
"""

from kling import Kling, models

STORYBOARD = [
    ("Wide shot: a lighthouse in a storm at night, waves break on the rocks", 4),
    ("Close-up: the keeper lights the lamp, his face is lit from below", 3),
    ("Aerial shot: a ship turns away from the rocks, guided by the beam", 3),
]

request = models.TextToVideoRequest(
    model_name="kling-v3",
    multi_shot=True,
    shot_type="customize",
    multi_prompt=[
        models.Shot(index=number, prompt=prompt, duration=str(seconds))
        for number, (prompt, seconds) in enumerate(STORYBOARD, start=1)
    ],
    duration="10",
    aspect_ratio="16:9",
    mode="pro",
)

with Kling() as client:
    task = client.run(request, timeout=1800)
    for path in client.download(task, "videos"):
        print(path)
