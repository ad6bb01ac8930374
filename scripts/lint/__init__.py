"""The house rules of the description, which no validator knows."""
