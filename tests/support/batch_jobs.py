"""Requests for the jobs of a batch."""


def fox(number=0, **fields):
    """Return a request for a clip."""
    return "text_to_video", {
        "model_name": "kling-v3",
        "prompt": f"A fox, take {number}",
        **fields,
    }


def picture(number=0, **fields):
    """Return a request for an image."""
    return "image_generation", {
        "model_name": "kling-v3",
        "prompt": f"A fox, sketch {number}",
        **fields,
    }


def lip_sync(number=0):
    """Return a request whose endpoint has no external_task_id."""
    return "lip_sync", {
        "input": {
            "video_url": f"https://example.org/{number}.mp4",
            "mode": "audio2video",
            "audio_type": "url",
            "audio_url": "https://example.org/a.mp3",
        }
    }
