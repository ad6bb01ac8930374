"""Start the command `kling`, if the packages of the extra `cli` are installed."""

import sys

_CLI_PACKAGES = ("click", "tqdm", "yaml", "uvicorn")


def main() -> None:
    """Run the command line; exit with 1 and a hint if a package of the extra `cli` is missing."""
    try:
        from kling._cli import cli

        cli(prog_name="kling")
    except ModuleNotFoundError as error:
        if error.name not in _CLI_PACKAGES:
            raise
        print(
            f"kling: the command line needs the package {error.name}; "
            f'install it with: pip install "kling-openapi[cli]"',
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
