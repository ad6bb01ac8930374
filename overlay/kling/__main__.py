"""The command `kling`, once its packages are there."""

import sys


def main() -> None:
    """Run the command line, or say what it lacks."""
    try:
        from kling._cli import cli
    except ModuleNotFoundError as error:
        print(
            f"kling: the command line needs the package {error.name}; "
            f'install it with: pip install "kling-openapi[cli]"',
            file=sys.stderr,
        )
        sys.exit(1)
    cli(prog_name="kling")


if __name__ == "__main__":
    main()
