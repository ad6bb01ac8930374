"""What generates: the bundle, the portable view, the client, and texts made from them."""
