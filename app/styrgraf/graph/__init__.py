"""RDF: store, loading, queries, validation, versions.

Law of the room: the only floor that knows pyoxigraph, rdflib and pyshacl. No HTTP.
"""
