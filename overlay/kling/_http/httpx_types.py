"""The types of httpx that other rooms and public signatures name, in one place."""

import httpx

Response = httpx.Response
URL = httpx.URL
InvalidURL = httpx.InvalidURL
Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport
