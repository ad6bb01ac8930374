from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.list_package_deductions_reply import ListPackageDeductionsReply
from ...models.list_package_deductions_request import ListPackageDeductionsRequest
from ...types import Response


def _get_kwargs(
    *,
    body: ListPackageDeductionsRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/account/billing/package",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | ListPackageDeductionsReply | None:
    if response.status_code == 200:
        response_200 = ListPackageDeductionsReply.from_dict(response.json())

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
) -> Response[ApiError | ListPackageDeductionsReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListPackageDeductionsRequest,
) -> Response[ApiError | ListPackageDeductionsReply]:
    """List deductions from packages

     Units that Kling deducted from resource packages, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListPackageDeductionsRequest): Package deductions: Units of resource packages that
            Kling deducted for tasks.
            The body of listPackageDeductions, POST /account/billing/package.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.
            - filters must not have values for both package_name and package_id; keep one of them.
            - the values of filters with key product_type must be video, image or try-on; when you
            list tasks, the same value is try_on.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ListPackageDeductionsReply]
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
    body: ListPackageDeductionsRequest,
) -> ListPackageDeductionsReply:
    """List deductions from packages

     Units that Kling deducted from resource packages, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListPackageDeductionsRequest): Package deductions: Units of resource packages that
            Kling deducted for tasks.
            The body of listPackageDeductions, POST /account/billing/package.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.
            - filters must not have values for both package_name and package_id; keep one of them.
            - the values of filters with key product_type must be video, image or try-on; when you
            list tasks, the same value is try_on.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ListPackageDeductionsReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        ListPackageDeductionsReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListPackageDeductionsRequest,
) -> Response[ApiError | ListPackageDeductionsReply]:
    """List deductions from packages

     Units that Kling deducted from resource packages, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListPackageDeductionsRequest): Package deductions: Units of resource packages that
            Kling deducted for tasks.
            The body of listPackageDeductions, POST /account/billing/package.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.
            - filters must not have values for both package_name and package_id; keep one of them.
            - the values of filters with key product_type must be video, image or try-on; when you
            list tasks, the same value is try_on.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ListPackageDeductionsReply]
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
    body: ListPackageDeductionsRequest,
) -> ListPackageDeductionsReply:
    """List deductions from packages

     Units that Kling deducted from resource packages, task by task, since 2026-07-06.
    In the first call, send times and filters. While has_more is true, send only next_cursor as cursor:
    it keeps the times and filters.
    As far as is known, this path accepts only an API key.
    Open: whether an access token works here.

    Args:
        body (ListPackageDeductionsRequest): Package deductions: Units of resource packages that
            Kling deducted for tasks.
            The body of listPackageDeductions, POST /account/billing/package.
            Which deductions to list.
            Rules:
            - start_time and end_time must be given when there is no cursor.
            - start_time must be before end_time.
            - filters must not have values for both package_name and package_id; keep one of them.
            - the values of filters with key product_type must be video, image or try-on; when you
            list tasks, the same value is try_on.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ListPackageDeductionsReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        ListPackageDeductionsReply,
    )
