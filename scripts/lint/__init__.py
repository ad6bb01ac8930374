"""The house rules: checks of the description that no validator makes."""
