"""Order, retries, reporting: what happens when. A line that could be wrong about news or RDF belongs below."""
