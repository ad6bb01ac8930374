"""The generators: of the bundle, the portable view, the client, and the texts made from them."""
