"""What the SPARQL endpoint needs of RDF: requests read, answered in processes of their own, written. No HTTP."""
