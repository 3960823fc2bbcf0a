"""The outside world up to the article: finds and reads documents, parses them. No language, no RDF."""
