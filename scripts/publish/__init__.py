"""What is published beside the package: the description for other tools, and what changed in it."""
