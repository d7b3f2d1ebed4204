"""Media types, short names and file endings of what is read and written. No IO here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath


class Content(Enum):
    """What a format can carry."""

    SOLUTIONS = "solutions"
    """Solutions of SELECT and booleans of ASK."""
    GRAPH = "graph"
    """Triples."""
    DATASET = "dataset"
    """Triples and named graphs."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write answers or graphs: `name` is its short name on the command line."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    content: Content


JSON = Format("json", "application/sparql-results+json", (".srj",), Content.SOLUTIONS)
XML = Format("xml", "application/sparql-results+xml", (".srx",), Content.SOLUTIONS)
CSV = Format("csv", "text/csv", (".csv",), Content.SOLUTIONS)
TSV = Format("tsv", "text/tab-separated-values", (".tsv",), Content.SOLUTIONS)

TURTLE = Format("turtle", "text/turtle", (".ttl",), Content.GRAPH)
N_TRIPLES = Format("ntriples", "application/n-triples", (".nt",), Content.GRAPH)
RDF_XML = Format("rdfxml", "application/rdf+xml", (".rdf", ".owl"), Content.GRAPH)
JSON_LD = Format("jsonld", "application/ld+json", (".jsonld",), Content.DATASET)
TRIG = Format("trig", "application/trig", (".trig",), Content.DATASET)
N_QUADS = Format("nquads", "application/n-quads", (".nq",), Content.DATASET)

SOLUTION_FORMATS = (JSON, XML, CSV, TSV)
DATASET_FORMATS = (TRIG, N_QUADS, JSON_LD)
RDF_FORMATS = (TURTLE, N_TRIPLES, RDF_XML, *DATASET_FORMATS)
FORMATS = (*SOLUTION_FORMATS, *RDF_FORMATS)

QUERY_FORMS = ("select", "ask", "construct", "describe")


def offer_formats(form: str) -> tuple[Format, ...]:
    """Return the formats that can carry the answer to a query of this form, preferred first."""
    return SOLUTION_FORMATS if form in {"select", "ask"} else RDF_FORMATS


def find_format(word: str) -> Format | None:
    """Return the format of a media type, a short name or a file ending (without its dot)."""
    asked = word.strip().lower()
    for known in FORMATS:
        if asked in {known.name, known.media_type} or f".{asked}" in known.endings:
            return known
    return None


def find_file_format(path: PurePath) -> Format | None:
    """Return the RDF format that the ending of `path` tells, if any."""
    ending = path.suffix.lower()
    return next((known for known in RDF_FORMATS if ending in known.endings), None)
