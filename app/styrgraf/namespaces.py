"""IRIs that every floor shares. No IO here."""

from __future__ import annotations

SG = "https://w3id.org/styrgraf/ns#"
ONTOLOGY = "https://w3id.org/styrgraf/ns"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
ELI = "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "http://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
M8G = "http://data.europa.eu/m8g/"

PREFIXES: dict[str, str] = {
    "sg": SG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "dct": DCTERMS,
    "dcat": DCAT,
    "eli": ELI,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "prov": PROV,
    "schema": SCHEMA,
    "sh": SH,
    "m8g": M8G,
}
"""Prefixes that data files, stored queries and answers use alike."""

GRAPH_PATH = "graph/"
"""Named graphs stand at `<base>graph/...`."""

ID_PATH = "id/"
"""Things stand at `<base>id/{type}/{slug}`."""


def compact_iri(iri: str, prefixes: dict[str, str] = PREFIXES) -> str:
    """Return `iri` as a prefixed name where a prefix fits, else unchanged."""
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not set(local) & set("/#?"):
            return f"{prefix}:{local}"
    return iri
