"""The scripts of this repository: `python -m scripts.<folder>.<name>`, from its root."""
