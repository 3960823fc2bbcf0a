"""What the SPARQL endpoint knows of RDF: requests are checked, and answered in processes of their own."""
