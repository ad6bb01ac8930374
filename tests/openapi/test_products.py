"""The ledger of products leaves out nothing that Kling names, and says where each is described."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from command_line import cli
from every_slip import fail_with
from kling.description import load

from scripts.build import bundle

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "openapi"
PRODUCTS: dict[str, dict[str, Any]] = bundle.load(FOLDER / "coverage.yaml")["products"]
SOURCES = bundle.load(FOLDER / "sources.yaml")
MISSING = [name for name, row in PRODUCTS.items() if "missing" in row]
OUTCOMES = {"described", "closed", "missing", "no-product"}
# By slug, the name of the file.
FAMILY_OF = {
    path.stem: bundle.load(path)["tags"][0].get(bundle.FAMILY, path.stem.replace("-", "_"))
    for pattern in bundle.FAMILIES
    for path in FOLDER.glob(pattern)
}
# `Tag: family`, the lines of operations.txt that are not indented.
FAMILIES = re.findall(
    r"^\S.*: (\w+)$", (ROOT / "generated" / "operations.txt").read_text("utf-8"), re.MULTILINE
)

# Kling's navigation of March 2026, in its order.
NAVIGATION = [
    *("Get Started", "Overview", "Quick Start", "Changelog"),
    *("API Reference", "General Info", "Rate Limits", "Callback Schema"),
    *("Video Generation", "Models", "Video Omni", "Text to Video", "Image to Video"),
    *("Reference to Video", "Motion Control", "Multi-elements to video", "Extend Video"),
    *("Lip Sync", "Avatar", "Text to Audio", "Video to Audio", "Text to Speech", "Voice Clone"),
    *("Image Recognize", "Element", "Effects", "Effect Templates NEW", "Video Effects"),
    *("Image Generation", "Models", "Image Omni", "Image Generation", "Reference to Image"),
    *("Extend Image", "AI Multi-Shot", "Virtual Try-On", "Others", "Query user info"),
    *("Pricing", "Billing Info", "Prepaid Resource Packs"),
    *("Protocols", "Privacy Policy of API Service", "Terms of API Service"),
    "API Service Level Agreement",
]
# What Kling's changelog announced, and when first; of entries that repeat, such as those with new
# scenes of Video Effects, the first one.
CHANGELOG = [
    ("2026-09-15", "Virtual Try-On 3.0"),
    ("2026-09-10", "Effects Pricing List"),
    ("2026-09-07", "Video Commerce"),
    ("2026-09-03", "drama subtitles"),  # the Chinese changelog alone
    ("2026-08-21", "Goods Studio"),
    ("2026-08-18", "AI Apparel Replicator"),
    ("2026-08-18", "Agent Market"),
    ("2026-08-07", "Webhook Signature"),
    ("2026-08-07", "Test Callback"),
    ("2026-08-07", "Webhook Secret Management"),
    ("2026-07-15", "Kling 3.0"),
    ("2026-07-15", "Kling 3.0 Omni"),
    ("2026-07-15", "Kling 3.0 Motion Control"),
    ("2026-07-15", "Kling 2.6"),
    ("2026-07-15", "Kling 2.6 Motion Control"),
    ("2026-07-15", "Kling 2.5 Turbo"),
    ("2026-07-15", "batch queries by task ID and cursor-based pagination"),
    ("2026-07-06", "Deduction Details"),
    ("2026-06-17", "Kling 3.0 Turbo"),
    ("2026-06-17", "Authentication by API Key"),
    ("2026-06-17", "Official Element Library"),
    ("2026-05-07", "multi_shot beside frames"),
    ("2026-04-23", "4k mode"),
    ("2026-03-11", "intelligence in Omni-Video"),
    ("2026-02-25", "V3"),
    ("2026-02-25", "V3 Omni"),
    ("2026-02-25", "Element"),
    ("2026-01-23", "completion of images from different angles"),
    ("2026-01-23", "final_unit_deduction"),
    ("2026-01-23", "watermark_info"),
    ("2025-12-22", "Motion Control"),
    ("2025-12-16", "voice customization"),
    ("2025-12-15", "V2.6"),
    ("2025-12-15", "Omni-Video"),
    ("2025-12-15", "Omni-Image"),
    ("2025-12-15", "O1"),
    ("2025-11-17", "start and end frame of V2.5-Turbo Pro"),
    ("2025-10-20", "V2.5-Turbo"),
    ("2025-10-20", "Image Element Recognition"),
    ("2025-10-15", "Avatar"),
    ("2025-09-15", "TTS"),
    ("2025-09-05", "start and end frame"),
    ("2025-08-19", "Video Effects Center"),
    ("2025-08-15", "Multi-Image to Video"),
    ("2025-08-01", "Text-to-Audio"),
    ("2025-08-01", "Video-to-Audio"),
    ("2025-07-30", "Multi-Image to Image"),
    ("2025-07-21", "Multi-Elements"),
    ("2025-06-30", "videos of 60 s in Lip-Sync"),
    ("2025-06-19", "V2.1"),
    ("2025-06-19", "V2.1 Master"),
    ("2025-05-13", "V2.0"),
    ("2025-05-13", "V2.0 Master"),
    ("2025-03-31", "V1.5 and V1.6 in Video Extension"),
    ("2025-03-05", "Creative Video Effects"),
    ("2025-02-14", "model_name"),
    ("2025-01-07", "V1.6"),
    ("2024-12-30", "Virtual Try-On V1.5"),
    ("2024-12-23", "Lip-Sync"),
    ("2024-12-02", "Capability Map"),
    ("2024-11-29", "Motion Brush"),
    ("2024-11-15", "V1.5"),
    ("2024-11-15", "V1.0"),
    ("2024-11-15", "Video Extension"),
    ("2024-11-15", "external_task_id"),
    ("2024-10-30", "Resource Package List and Remaining Quantity"),
    ("2024-10-25", "deletion after 30 days"),
    ("2024-10-15", "sample code for the API token"),
    ("2024-09-19", "prompt of 2500 characters"),
    ("2024-09-19", "Virtual Try-On"),
]


def slugs(row: dict[str, Any]) -> list[str]:
    return [*row.get("described", ()), *row.get("closed", ())]


def test_each_product_says_what_it_is_and_who_says_so() -> None:
    fail_with(f"{name}: {slip}" for name, row in PRODUCTS.items() for slip in unsaid(row))


def unsaid(row: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each thing that a row should say otherwise."""
    outcomes = row.keys() & OUTCOMES
    if len(outcomes) != 1 and outcomes != {"described", "closed"}:
        yield f"say one of {', '.join(sorted(OUTCOMES))}"
    for key in sorted(row.keys() - OUTCOMES - {"named", "sources", "checked"}):
        yield f"{key} is nothing that a row has"
    for key in OUTCOMES - {"described", "closed"}:
        if key in row and len(row[key].split()) < 3:
            yield f"give a reason under {key}"
    if not row.get("named"):
        yield "say under named what Kling calls it"
    for source in row.get("sources") or ["nothing"]:
        if source not in SOURCES:
            yield f"{source} is not in sources.yaml"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(row.get("checked"))):
        yield "say under checked on which day"


def test_each_family_belongs_to_one_product_and_each_slug_is_a_family() -> None:
    said = [slug for row in PRODUCTS.values() for slug in slugs(row)]
    named = Counter(FAMILY_OF.get(slug, slug) for slug in said)

    fail_with(
        [
            *(f"{name} is no family of operations.txt" for name in named.keys() - set(FAMILIES)),
            *(f"{name} is named by no product" for name in set(FAMILIES) - named.keys()),
            *(f"{name} is named by {count} products" for name, count in named.items() if count > 1),
        ]
    )


def test_a_closed_product_closed_on_the_day_that_its_create_has() -> None:
    said = {slug: day for row in PRODUCTS.values() for slug, day in row.get("closed", {}).items()}
    closed = {
        operation.family.replace("_", "-"): operation.closed.isoformat()
        for operation in load().operations.values()
        if operation.closed and operation.task
    }

    assert said == closed
    assert said


def test_nothing_that_kling_s_navigation_and_changelog_name_is_without_a_row() -> None:
    named = Counter(word for row in PRODUCTS.values() for word in row["named"])
    announced = [f"{what} (announced {day})" for day, what in CHANGELOG if what not in named]

    fail_with(
        [
            *(f"{entry} (navigation) has no row" for entry in NAVIGATION if entry not in named),
            *(f"{entry} has no row" for entry in announced),
            *(f"{word} has {count} rows" for word, count in named.items() if count > 1),
        ]
    )


def test_what_is_not_described_is_named_where_users_look() -> None:
    page = (ROOT / "docs/reference/operations.md").read_text(encoding="utf-8")
    llms = (ROOT / "llms.txt").read_text(encoding="utf-8")
    models = CliRunner().invoke(cli, ["models"]).stdout

    for text in (page, llms, models):
        [said] = [line for line in text.splitlines() if " are not described: " in line]
        names = said.removeprefix("- ").partition(" are not described: ")[0]
        assert re.split(", | and ", names) == MISSING
        assert "no public source shows Kling's own path, body or price" in said
    assert models.rstrip().endswith(load().unlisted.rstrip())
    assert load().document["x-kling-unlisted"]["products"] == MISSING


def test_one_family_and_json_are_told_without_what_is_not_described() -> None:
    for arguments in (["models", "text_to_video"], ["models", "--json"]):
        assert "are not described" not in CliRunner().invoke(cli, arguments).output
