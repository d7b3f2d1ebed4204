"""The SPARQL endpoint and the Graph Store Protocol, and the editor that people query with."""
