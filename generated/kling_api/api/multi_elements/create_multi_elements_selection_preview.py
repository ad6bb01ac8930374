from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.multi_elements_selection_preview_reply import (
    MultiElementsSelectionPreviewReply,
)
from ...models.multi_elements_session_request import MultiElementsSessionRequest
from ...types import Response


def _get_kwargs(
    *,
    body: MultiElementsSessionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/multi-elements/preview-selection",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | MultiElementsSelectionPreviewReply | None:
    if response.status_code == 200:
        response_200 = MultiElementsSelectionPreviewReply.from_dict(response.json())

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
) -> Response[ApiError | MultiElementsSelectionPreviewReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: MultiElementsSessionRequest,
) -> Response[ApiError | MultiElementsSelectionPreviewReply]:
    """Preview a selection

     Paints the marked areas onto the whole video. The reply has the painted video.

    Args:
        body (MultiElementsSessionRequest): Multi elements: A video in which something is added,
            swapped or removed.
            The body of createMultiElementsSelectionPreview, POST /v1/videos/multi-elements/preview-
            selection.
            Multi elements: A video in which something is added, swapped or removed.
            The body of deleteMultiElementsSelection, POST /v1/videos/multi-elements/clear-selection.
            Which selection.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | MultiElementsSelectionPreviewReply]
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
    body: MultiElementsSessionRequest,
) -> MultiElementsSelectionPreviewReply:
    """Preview a selection

     Paints the marked areas onto the whole video. The reply has the painted video.

    Args:
        body (MultiElementsSessionRequest): Multi elements: A video in which something is added,
            swapped or removed.
            The body of createMultiElementsSelectionPreview, POST /v1/videos/multi-elements/preview-
            selection.
            Multi elements: A video in which something is added, swapped or removed.
            The body of deleteMultiElementsSelection, POST /v1/videos/multi-elements/clear-selection.
            Which selection.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MultiElementsSelectionPreviewReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        MultiElementsSelectionPreviewReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: MultiElementsSessionRequest,
) -> Response[ApiError | MultiElementsSelectionPreviewReply]:
    """Preview a selection

     Paints the marked areas onto the whole video. The reply has the painted video.

    Args:
        body (MultiElementsSessionRequest): Multi elements: A video in which something is added,
            swapped or removed.
            The body of createMultiElementsSelectionPreview, POST /v1/videos/multi-elements/preview-
            selection.
            Multi elements: A video in which something is added, swapped or removed.
            The body of deleteMultiElementsSelection, POST /v1/videos/multi-elements/clear-selection.
            Which selection.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | MultiElementsSelectionPreviewReply]
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
    body: MultiElementsSessionRequest,
) -> MultiElementsSelectionPreviewReply:
    """Preview a selection

     Paints the marked areas onto the whole video. The reply has the painted video.

    Args:
        body (MultiElementsSessionRequest): Multi elements: A video in which something is added,
            swapped or removed.
            The body of createMultiElementsSelectionPreview, POST /v1/videos/multi-elements/preview-
            selection.
            Multi elements: A video in which something is added, swapped or removed.
            The body of deleteMultiElementsSelection, POST /v1/videos/multi-elements/clear-selection.
            Which selection.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MultiElementsSelectionPreviewReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        MultiElementsSelectionPreviewReply,
    )
