"""The command `kling`, once its packages are there."""

import sys

_EXTRA = ("click", "tqdm", "yaml", "uvicorn")


def main() -> None:
    """Run the command line, or say what it lacks."""
    try:
        from kling._cli import cli

        cli(prog_name="kling")
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        print(
            f"kling: the command line needs the package {error.name}; "
            f'install it with: pip install "kling-openapi[cli]"',
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
