"""Make two audio files: speech from a text, and an effect, such as rain, from a prompt.

Run it with: python speech_and_sound.py
"""

from kling import Kling, models

speech = models.TextToSpeechRequest(
    text="Good morning. The first train leaves at five past six.",
    voice_id="uk_boy1",
    voice_language="en",
)
effect = models.TextToAudioRequest(prompt="Rain on a tin roof, distant thunder", duration=5)

with Kling() as client:
    spoken = client.create(speech)  # the reply contains the result: there is nothing to wait for
    heard = client.run(effect, timeout=600)
    for task in (spoken, heard):
        for path in client.download(task, "audio"):
            print(path)
