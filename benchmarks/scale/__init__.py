"""How merging behaves in a graph of 100,000 articles."""
