"""Use the control paths of an in-process mock, as its page and other programs do."""

import json

import httpx


def control(mock, name, body=None):
    """Post to a control path of a mock, such as "plans/clear" or "reset"."""
    with httpx.Client(transport=mock.transport, base_url=mock.transport.url) as client:
        reply = client.post(f"/_mock/{name}", json={} if body is None else body)
    assert reply.status_code == 200, json.loads(reply.content)["message"]
