"""Updates: every operation names the graph that it writes to."""

from __future__ import annotations

import pytest

from styrgraf.errors import OutgoingRequestError, ReadOnlyError
from styrgraf.graph.updates import inspect_update


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> 1 }",
        "INSERT DATA { GRAPH <a:g> { <a:b> <a:b> 1 } <a:b> <a:b> 2 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { GRAPH <a:g> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { GRAPH <a:g> { ?s ?p ?o } }",
        "DELETE { GRAPH <a:g> { ?s ?p 1 } } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
        "INSERT DATA { GRAPH <a:g> { <a:b> <a:b> 1 } } ; INSERT DATA { <a:b> <a:b> 1 }",
        "CLEAR DEFAULT",
        "DROP ALL",
        "CLEAR NAMED",
        "COPY <a:g> TO DEFAULT",
        "MOVE DEFAULT TO <a:g>",
    ],
)
def test_a_write_to_the_unnamed_graph_is_refused(text: str) -> None:
    with pytest.raises(ReadOnlyError, match="name a graph"):
        inspect_update(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <a:g> { <a:b> <a:b> 1 } }",
        "INSERT DATA { GRAPH <a:g> { <a:b> <a:b> 1 . <a:c> <a:b> 2 } GRAPH <a:h> { } }",
        "PREFIX insert: <a:> WITH insert:g DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
        "DELETE WHERE { GRAPH <a:g> { ?s ?p ?o } }",
        "DELETE { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p 1 } }",
        "CLEAR GRAPH <a:g> ; DROP SILENT GRAPH <a:h> ; CREATE GRAPH <a:i>",
        "ADD <a:g> TO <a:h>",
    ],
)
def test_a_write_to_named_graphs_is_taken(text: str) -> None:
    inspect_update(text)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/> INTO GRAPH <a:g>",
        "load silent <http://127.0.0.1:9/>",
        "INSERT { GRAPH <a:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_an_update_reaches_no_network(text: str) -> None:
    with pytest.raises(OutgoingRequestError):
        inspect_update(text)
