"""Order, retries, reporting: what happens when. What could be wrong about news or RDF lies below."""
