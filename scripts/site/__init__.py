"""The documentation site: its configuration, and the pages that its build generates."""
