"""The documentation site: its configuration, and the pages that are written when it is built."""
