"""The service description of the endpoint (SPARQL 1.1 Service Description), written as a query.

The engine serialises it like any other answer, so that it comes in every RDF format.
"""

from __future__ import annotations

from styrgraf.governance.authority.functions import MAY_DECIDE
from styrgraf.settings import Settings

_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)

_QUERY = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT {
  <ENDPOINT> a sd:Service, dcat:DataService ;
    sd:endpoint <ENDPOINT> ;
    dcat:endpointURL <ENDPOINT> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    FEATURES
    sd:extensionFunction <FUNCTION> ;
    sd:resultFormat FORMATS ;
    sd:defaultDataset <ENDPOINT#dataset> ;
    sd:availableGraphs <ENDPOINT#dataset> .
  <FUNCTION> a sd:Function ;
    rdfs:label "may decide"@en, "får besluta"@sv ;
    rdfs:comment
      "Of party, matter, day, and amount in SEK or empty text. No value: it cannot be told."@en,
      "Av part, ärende, dag, och belopp i SEK eller tom text. Inget värde: kan inte avgöras."@sv .
  <ENDPOINT#dataset> a sd:Dataset, sd:GraphCollection ;
    sd:defaultGraph <ENDPOINT#default> ;
    sd:namedGraph ?description .
  <ENDPOINT#default> a sd:Graph ;
    void:triples ?total .
  ?description a sd:NamedGraph ;
    sd:name ?graph ;
    sd:graph ?graph .
  ?graph a sd:Graph ;
    void:triples ?size .
}
WHERE {
  { SELECT (COUNT(*) AS ?total) WHERE { ?s ?p ?o } }
  UNION
  {
    { SELECT ?graph (COUNT(*) AS ?size) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph }
    BIND (IRI(CONCAT("ENDPOINT#", ENCODE_FOR_URI(STR(?graph)))) AS ?description)
  }
}
ORDER BY ?graph
"""


def write_service_description(endpoint: str, settings: Settings) -> str:
    """Return the CONSTRUCT query whose answer describes the endpoint at this address."""
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    features = "".join(f"sd:feature sd:{name} ;" for name in _list_features(settings))
    query = _QUERY.replace("ENDPOINT", endpoint).replace("FORMATS", formats)
    return query.replace("FEATURES", features).replace("FUNCTION", MAY_DECIDE)


def _list_features(settings: Settings) -> list[str]:
    """Return the features (section 3.2.9) that the settings give the service."""
    union = ["UnionDefaultGraph"] if settings.default_graph == "union" else []
    return [*union, *(["BasicFederatedQuery"] if settings.service_origins else [])]
