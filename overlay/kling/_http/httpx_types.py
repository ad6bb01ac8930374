"""The types of httpx that other packages and public signatures use."""

import httpx

Client = httpx.Client
AsyncClient = httpx.AsyncClient
Response = httpx.Response
URL = httpx.URL
InvalidURL = httpx.InvalidURL
Timeout = httpx.Timeout
Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport
