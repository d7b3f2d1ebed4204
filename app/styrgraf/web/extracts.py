"""The data of a document about one thing, as one CONSTRUCT."""

from __future__ import annotations

from styrgraf.namespaces import FOAF, OA, RDF

MOST_INCOMING = 10_000
"""Statements that point at the thing; a hub of the graph has more than anyone reads."""


def write_extract_query(iri: str, document: str) -> str:
    """Return the query for what is said of the thing, by it, and why.

    The answer holds the statements with the thing as subject or object, and the facts, readings
    and locators behind them; `document` is the address of the document itself.
    """
    about = f"?statement <{RDF}subject> <{iri}>"
    noted = f"{about} . ?note <{OA}hasBody> ?statement"
    return f"""
      CONSTRUCT {{
        <{document}> a <{FOAF}Document> ; <{FOAF}primaryTopic> <{iri}> .
        ?subject ?predicate ?object
      }} WHERE {{
        {{ BIND (<{iri}> AS ?subject) ?subject ?predicate ?object }}
        UNION {{ SELECT ?subject ?predicate ?object WHERE {{
          BIND (<{iri}> AS ?object) ?subject ?predicate ?object
          FILTER (?predicate NOT IN (<{RDF}subject>, <{RDF}predicate>, <{RDF}object>))
        }} LIMIT {MOST_INCOMING} }}
        UNION {{ {about} . BIND (?statement AS ?subject) ?subject ?predicate ?object }}
        UNION {{ {noted} . BIND (?note AS ?subject) ?subject ?predicate ?object }}
        UNION {{ {noted} . ?note <{OA}hasTarget> ?locator .
          BIND (?locator AS ?subject) ?subject ?predicate ?object }}
      }}"""
