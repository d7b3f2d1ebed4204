"""The health register as RDF: a validation report as SHACL writes it (section 3.6). No IO here."""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.governance.authority.forms.health_texts import HEALTH_TEXTS
from styrgraf.governance.authority.forms.rdf_terms import TYPE, make_digest, triple, write_day
from styrgraf.governance.authority.reasoning.register import Register, RegisterLine, name_code
from styrgraf.language import LANGUAGES, translate
from styrgraf.model import Iri, Literal, Triple
from styrgraf.namespaces import DCTERMS, ID_PATH, SH, XSD


def list_register_triples(register: Register, base: str) -> tuple[Triple, ...]:
    """Return the triples of the register, each once.

    A line that several shapes have found is a result for each, as SHACL has one shape to a result.
    """
    things = base + ID_PATH
    asked = (register.on, register.days, register.version)
    report = Iri(f"{things}health-register/{make_digest(*asked)}")
    conforms = Literal("false" if register.lines else "true", XSD + "boolean")
    triples = [
        triple(report, TYPE, Iri(SH + "ValidationReport")),
        triple(report, SH + "conforms", conforms),
        triple(report, DCTERMS + "date", write_day(register.on)),
    ]
    for line in register.lines:
        for shape in line.shapes or (None,):
            digest = make_digest(*asked, name_code(line), line.subject, line.other, line.day, shape)
            result = Iri(f"{things}health-finding/{digest}")
            triples.append(triple(report, SH + "result", result))
            triples += _write_result(result, line, shape)
    return tuple(dict.fromkeys(triples))


def _write_result(result: Iri, line: RegisterLine, shape: Iri | None) -> Iterator[Triple]:
    yield triple(result, TYPE, Iri(SH + "ValidationResult"))
    yield triple(result, SH + "focusNode", line.subject)
    severity = Iri(SH + line.severity.name.capitalize())
    yield triple(result, SH + "resultSeverity", severity)
    yield triple(result, DCTERMS + "identifier", Literal(name_code(line)))
    for message in _list_messages(line):
        yield triple(result, SH + "resultMessage", message)
    if line.other:
        yield triple(result, SH + "value", line.other)
    elif line.day:
        yield triple(result, SH + "value", write_day(line.day))
    if shape:
        yield triple(result, SH + "sourceShape", shape)


def _list_messages(line: RegisterLine) -> Iterator[Literal]:
    if line.code:
        explanation = HEALTH_TEXTS[line.code].explanation
        for language in LANGUAGES:
            yield Literal.in_language(translate(explanation, language), language)
        return
    for language, text in line.messages.items():
        yield Literal.in_language(text, language) if language else Literal(text)
