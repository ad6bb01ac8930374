"""The HTTP reference: a page for each family of Kling's API, and the mock's control paths."""

from collections.abc import Iterator

from scripts.build.bundle import Document, families
from scripts.build.price_list import price_rows
from scripts.build.rule_list import rule_rows
from scripts.build.tables import operations_of, table
from scripts.site.operations import Operations


class HttpPages:
    """The pages about the families of a bundle."""

    def __init__(self, bundle: Document, models: dict[str, str]) -> None:
        """Take the bundle, and the output of `kling models` for each family."""
        self._bundle = bundle
        self._models = models
        self._prices = list(price_rows(bundle))
        self._rules = rule_rows(bundle)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the slug and the text of each page."""
        for tag, family in families(self._bundle).items():
            slug = family.replace("_", "-")
            yield slug, "\n\n".join(self._family(tag, family, slug)) + "\n"

    def _family(self, tag: str, family: str, slug: str) -> Iterator[str]:
        yield f"# {tag}"
        yield from (entry["description"] for entry in self._bundle["tags"] if entry["name"] == tag)
        operations = Operations(self._bundle)
        for path, method, operation in operations_of(self._bundle, tag):
            yield from operations.operation(path, method, operation)
            yield from self._price(operation["operationId"])
        if family in self._models:
            yield "## What each model can do"
            yield f"```text\n{self._models[family]}\n```"
        # The id of a rule begins with the slug of its family.
        rules = [rule for rule in self._rules if rule.id.partition(".")[0] == slug]
        if rules:
            yield "## Rules"
            yield table(
                ("rule", "evidence", "message"),
                ((f"`{rule.id}`", rule.evidence or "advice", rule.message) for rule in rules),
            )

    def _price(self, name: str) -> Iterator[str]:
        if prices := [(row.cost, row.when) for row in self._prices if row.operation == name]:
            yield f"### Price of {name}, in Kling units"
            yield table(("price", "when"), prices)


def control_paths(document: Document) -> str:
    """Return the paths below /_mock/ as Markdown, from the mock's description of them."""
    operations = Operations(document)
    parts = [document["info"]["description"]]
    for tag in document["tags"]:
        for path, method, operation in operations_of(document, tag["name"]):
            parts += operations.operation(path, method, operation)
    return "\n\n".join(parts) + "\n"
