"""Find the operations, paths and request schemas of a family, which is one product of Kling.

Run as a program, this module checks that the family with a given slug exists.
"""

import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from scripts.build.bundle import FAMILIES, BundleError, holders, load, references

FOLDER = Path(__file__).parents[1] / "openapi"


@dataclass(frozen=True)
class Family:
    """A family, and the names that tests use for it."""

    slug: str
    """The name of its file in openapi/, such as text-to-video."""
    names: frozenset[str]
    """Its operations, their paths, and the schemas of their requests."""

    @staticmethod
    @cache
    def named(slug: str) -> "Family":
        """Return the family with a slug. Underscores in the slug are read as hyphens.

        Raises:
            ValueError: there is no such family; the message suggests similar names.
        """
        slug = slug.replace("_", "-")
        files = {path.stem: path for part in FAMILIES for path in sorted(FOLDER.glob(part))}
        if slug not in files:
            near = ", ".join(get_close_matches(slug, files))
            hint = f"did you mean {near}?" if near else f"the families are {', '.join(files)}"
            raise ValueError(f"openapi/ has no family {slug}; {hint}")
        paths = load(files[slug]).get("paths", {})
        operations = list(holders(paths, "operationId"))
        bodies = [body for operation in operations for body in holders(operation, "requestBody")]
        requests = {
            reference.rpartition("/")[2]
            for body in bodies
            for reference in references(body["requestBody"])
        }
        # A link also has an operationId, but no tags, and may lead to another family.
        ids = {operation["operationId"] for operation in operations if "tags" in operation}
        return Family(slug, frozenset({*paths, *ids, *requests}))

    def is_named_in(self, text: str) -> bool:
        """Whether a text, such as the name of a test, has one of the names as a separate word.

        A longer name that contains one of them does not count.
        """
        names = "|".join(map(re.escape, self.names))
        slug = re.escape(self.slug)
        pattern = rf"(?<![\w/])(?:{names})(?![\w/])|(?<![\w/-]){slug}(?![\w-])"
        return bool(re.search(pattern, text))


if __name__ == "__main__":
    try:
        Family.named(*sys.argv[1:])
    except (ValueError, BundleError) as error:
        sys.exit(f"{error}")
