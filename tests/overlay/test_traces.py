"""OpenTelemetry's instrumentation of httpx sees every request, and no credential."""

import asyncio

import kling
import pytest
from kling import AsyncKling, Kling, models
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

KEY = "mock-api-key"
REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
UNKNOWN = "text_to_video/123"


@pytest.fixture(scope="module")
def url(module_mock_process):
    return module_mock_process("--as-of", "2026-03-01").url


@pytest.fixture
def instrumented():
    """Return where spans are written, and the instrumentor."""
    spans, provider, instrumentor = InMemorySpanExporter(), TracerProvider(), None
    provider.add_span_processor(SimpleSpanProcessor(spans))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield spans, instrumentor
    if instrumentor.is_instrumented_by_opentelemetry:
        instrumentor.uninstrument()
    provider.shutdown()


def create_and_fail(url):
    with Kling(api_key=KEY, base_url=url) as client:
        client.create(REQUEST)
        with pytest.raises(kling.NotFoundError):
            client.retrieve(UNKNOWN)


def create_and_fail_async(url):
    async def main():
        async with AsyncKling(api_key=KEY, base_url=url) as client:
            await client.create(REQUEST)
            with pytest.raises(kling.NotFoundError):
                await client.retrieve(UNKNOWN)

    asyncio.run(main())


@pytest.mark.parametrize("program", [create_and_fail, create_and_fail_async])
def test_each_request_is_a_span_without_credentials(instrumented, url, program):
    spans, instrumentor = instrumented

    program(url)

    found = spans.get_finished_spans()
    assert [
        (
            one.attributes["http.method"],
            one.attributes["http.url"],
            one.attributes["http.status_code"],
        )
        for one in found
    ] == [
        ("POST", f"{url}/v1/videos/text2video", 200),
        ("GET", f"{url}/v1/videos/text2video/123", 400),
    ]
    assert not any(KEY in one.to_json() for one in found)

    instrumentor.uninstrument()
    program(url)
    assert len(spans.get_finished_spans()) == 2


def test_a_request_without_a_reply_is_a_span_too(instrumented, either_kling):
    spans, _ = instrumented

    with pytest.raises(kling.APIConnectionError):
        either_kling(api_key=KEY, base_url="http://127.0.0.1:9").create(REQUEST)

    [span] = spans.get_finished_spans()
    assert (span.attributes["http.method"], span.status.is_ok) == ("POST", False)
    # What went wrong is written with its traceback.
    assert "ConnectError" in span.to_json()
    assert KEY not in span.to_json()
