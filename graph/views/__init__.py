"""What the page shows, asked of a snapshot: plain data out of the graph, one module a subject."""
