from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.image_recognition_reply import ImageRecognitionReply
from ...models.image_recognition_request import ImageRecognitionRequest
from ...types import Response


def _get_kwargs(
    *,
    body: ImageRecognitionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/image-recognize",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | ImageRecognitionReply | None:
    if response.status_code == 200:
        response_200 = ImageRecognitionReply.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ApiError.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ApiError.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ApiError.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ApiError.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = ApiError.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ApiError.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = ApiError.from_dict(response.json())

        return response_503

    if response.status_code == 504:
        response_504 = ApiError.from_dict(response.json())

        return response_504

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ApiError | ImageRecognitionReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ImageRecognitionRequest,
) -> Response[ApiError | ImageRecognitionReply]:
    """Find an object, a head, a face and clothes in an image

     The reply has the result: there is no task, no callback and nothing to poll.
    Costs 0.1 units of a video package for a call.
    Use the parts as input for multi-image to video and multi-elements; Kling deletes them after 30
    days.
    Open: whether a call occupies a slot of the concurrency.

    Args:
        body (ImageRecognitionRequest): Image recognition: The parts of an image, cut out.
            The body of createImageRecognition, POST /v1/videos/image-recognize.
            The image to search.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ImageRecognitionReply]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: ImageRecognitionRequest,
) -> ImageRecognitionReply:
    """Find an object, a head, a face and clothes in an image

     The reply has the result: there is no task, no callback and nothing to poll.
    Costs 0.1 units of a video package for a call.
    Use the parts as input for multi-image to video and multi-elements; Kling deletes them after 30
    days.
    Open: whether a call occupies a slot of the concurrency.

    Args:
        body (ImageRecognitionRequest): Image recognition: The parts of an image, cut out.
            The body of createImageRecognition, POST /v1/videos/image-recognize.
            The image to search.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImageRecognitionReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        ImageRecognitionReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ImageRecognitionRequest,
) -> Response[ApiError | ImageRecognitionReply]:
    """Find an object, a head, a face and clothes in an image

     The reply has the result: there is no task, no callback and nothing to poll.
    Costs 0.1 units of a video package for a call.
    Use the parts as input for multi-image to video and multi-elements; Kling deletes them after 30
    days.
    Open: whether a call occupies a slot of the concurrency.

    Args:
        body (ImageRecognitionRequest): Image recognition: The parts of an image, cut out.
            The body of createImageRecognition, POST /v1/videos/image-recognize.
            The image to search.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ImageRecognitionReply]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ImageRecognitionRequest,
) -> ImageRecognitionReply:
    """Find an object, a head, a face and clothes in an image

     The reply has the result: there is no task, no callback and nothing to poll.
    Costs 0.1 units of a video package for a call.
    Use the parts as input for multi-image to video and multi-elements; Kling deletes them after 30
    days.
    Open: whether a call occupies a slot of the concurrency.

    Args:
        body (ImageRecognitionRequest): Image recognition: The parts of an image, cut out.
            The body of createImageRecognition, POST /v1/videos/image-recognize.
            The image to search.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImageRecognitionReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        ImageRecognitionReply,
    )
