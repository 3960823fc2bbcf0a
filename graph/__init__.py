"""Extraction -> quads -> store -> answers. The only code that knows RDF."""
