"""Show a person in a garment with virtual try-on 3.0, from two images at URLs.

Run it with: python try_on.py
"""

from kling import Kling, models

request = models.VirtualTryOn30Request(
    contents=[
        models.TryOnProductContent(url="https://example.org/coat.png"),
        models.TryOnPersonContent(url="https://example.org/person.png"),
    ]
)
with Kling() as client:  # set KLING_API_KEY: this product does not accept an access key pair
    task = client.run(request, timeout=900)
    for path in client.download(task, "out"):
        print(path)
