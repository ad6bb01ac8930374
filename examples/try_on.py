"""Put a garment on a person with virtual try-on 3.0: two pictures in, one picture out."""

from kling import Kling, models

request = models.VirtualTryOn30Request(
    contents=[
        models.TryOnProductContent(url="https://example.org/coat.png"),
        models.TryOnPersonContent(url="https://example.org/person.png"),
    ]
)
with Kling() as client:  # KLING_API_KEY; this product takes no access key pair
    task = client.run(request, timeout=900)
    for path in client.download(task, "out"):
        print(path)
