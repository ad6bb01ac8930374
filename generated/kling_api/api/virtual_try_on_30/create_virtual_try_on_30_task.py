from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.virtual_try_on_30_request import VirtualTryOn30Request
from ...models.virtual_try_on_30_task_reply import VirtualTryOn30TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: VirtualTryOn30Request,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/solutions/virtual_try_on",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | VirtualTryOn30TaskReply | None:
    if response.status_code == 200:
        response_200 = VirtualTryOn30TaskReply.from_dict(response.json())

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
) -> Response[ApiError | VirtualTryOn30TaskReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: VirtualTryOn30Request,
) -> Response[ApiError | VirtualTryOn30TaskReply]:
    """Create a virtual try-on 3.0 task

     Starts one image of a person who wears the garment from another image.
    The older product, virtual try-on on /v1, still works: Kling adapted its parameters when it
    announced version 3.0.
    Kling's page on this product has task_id and the status succeed. The pages of the other products
    under /solutions have id and succeeded.
    The image package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential, and does not quote a refusal. It is inferred that
    a refusal has code 1201 and HTTP status 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-15.
    Open: whether replies have task_id or id, and succeed or succeeded (this description accepts both);
    whether Kling accepts an access token; the price.

    Args:
        body (VirtualTryOn30Request): Virtual try-on 3.0: An image of a person who wears the
            garment from another image.
            The body of createVirtualTryOn30Task, POST /solutions/virtual_try_on.
            The person, and the clothes to wear.
            Rules:
            - contents must have exactly one product_image.
            - contents must have exactly one person_image.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | VirtualTryOn30TaskReply]
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
    body: VirtualTryOn30Request,
) -> VirtualTryOn30TaskReply:
    """Create a virtual try-on 3.0 task

     Starts one image of a person who wears the garment from another image.
    The older product, virtual try-on on /v1, still works: Kling adapted its parameters when it
    announced version 3.0.
    Kling's page on this product has task_id and the status succeed. The pages of the other products
    under /solutions have id and succeeded.
    The image package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential, and does not quote a refusal. It is inferred that
    a refusal has code 1201 and HTTP status 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-15.
    Open: whether replies have task_id or id, and succeed or succeeded (this description accepts both);
    whether Kling accepts an access token; the price.

    Args:
        body (VirtualTryOn30Request): Virtual try-on 3.0: An image of a person who wears the
            garment from another image.
            The body of createVirtualTryOn30Task, POST /solutions/virtual_try_on.
            The person, and the clothes to wear.
            Rules:
            - contents must have exactly one product_image.
            - contents must have exactly one person_image.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        VirtualTryOn30TaskReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        VirtualTryOn30TaskReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: VirtualTryOn30Request,
) -> Response[ApiError | VirtualTryOn30TaskReply]:
    """Create a virtual try-on 3.0 task

     Starts one image of a person who wears the garment from another image.
    The older product, virtual try-on on /v1, still works: Kling adapted its parameters when it
    announced version 3.0.
    Kling's page on this product has task_id and the status succeed. The pages of the other products
    under /solutions have id and succeeded.
    The image package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential, and does not quote a refusal. It is inferred that
    a refusal has code 1201 and HTTP status 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-15.
    Open: whether replies have task_id or id, and succeed or succeeded (this description accepts both);
    whether Kling accepts an access token; the price.

    Args:
        body (VirtualTryOn30Request): Virtual try-on 3.0: An image of a person who wears the
            garment from another image.
            The body of createVirtualTryOn30Task, POST /solutions/virtual_try_on.
            The person, and the clothes to wear.
            Rules:
            - contents must have exactly one product_image.
            - contents must have exactly one person_image.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | VirtualTryOn30TaskReply]
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
    body: VirtualTryOn30Request,
) -> VirtualTryOn30TaskReply:
    """Create a virtual try-on 3.0 task

     Starts one image of a person who wears the garment from another image.
    The older product, virtual try-on on /v1, still works: Kling adapted its parameters when it
    announced version 3.0.
    Kling's page on this product has task_id and the status succeed. The pages of the other products
    under /solutions have id and succeeded.
    The image package pays for it. Set options.external_task_id: if the reply is lost, you can look the
    task up instead of paying twice.
    The page shows an API key as the only credential, and does not quote a refusal. It is inferred that
    a refusal has code 1201 and HTTP status 400.
    It is inferred that a task occupies one slot of the concurrency, and that other codes have their
    usual meaning.
    It is also inferred that accounts outside China have this product on their host, because the English
    changelog announced it on 2026-09-15.
    Open: whether replies have task_id or id, and succeed or succeeded (this description accepts both);
    whether Kling accepts an access token; the price.

    Args:
        body (VirtualTryOn30Request): Virtual try-on 3.0: An image of a person who wears the
            garment from another image.
            The body of createVirtualTryOn30Task, POST /solutions/virtual_try_on.
            The person, and the clothes to wear.
            Rules:
            - contents must have exactly one product_image.
            - contents must have exactly one person_image.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        VirtualTryOn30TaskReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        VirtualTryOn30TaskReply,
    )
