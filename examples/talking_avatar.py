"""Let a portrait speak: an image and an audio clip become a video with lip-sync.

Run it in a folder with portrait.png and speech.wav: python talking_avatar.py
"""

from kling import Kling, TaskFailedError, media, models

request = models.AvatarRequest(
    image=media.image("portrait.png"),
    sound_file=media.audio("speech.wav"),
    prompt="She speaks to the camera, calm and friendly",
    mode="std",
)

with Kling() as client:
    try:
        task = client.run(request, timeout=1800)
    except TaskFailedError as error:
        # Kling accepted the request, but could not make the video. It does not charge for that.
        raise SystemExit(f"{error.task.ref}: {error.task.message}") from None
    for path in client.download(task, "videos"):
        print(path)
