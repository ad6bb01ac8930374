"""The types of httpx that public signatures and other folders of `kling` use."""

import httpx

Client = httpx.Client
AsyncClient = httpx.AsyncClient
Response = httpx.Response
URL = httpx.URL
InvalidURL = httpx.InvalidURL
Timeout = httpx.Timeout
Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport
