"""What public pages say stays apart from what the documents say, and always names its page."""

from __future__ import annotations

from styrgraf.graph.store import Reader
from styrgraf.namespaces import DCTERMS, FOAF, PREFIXES, RDF, SCHEMA, SG, SKOS
from tests.queries.asking import ask

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
DATASET = "https://w3id.org/styrgraf/kth/"
EXTERNAL = f"GRAPH <{DATASET}graph/external>"
KNOWN = (
    f"GRAPH ?other {{ ?found skos:prefLabel ?name }} FILTER(?other != <{DATASET}graph/external>)"
)


def find(reader: Reader, pattern: str) -> set[str]:
    """Return all that `?found` is in the solutions of a pattern."""
    answer = reader.select(f"{PROLOGUE} SELECT DISTINCT ?found WHERE {{ {pattern} }}")
    return {row["found"].value for row in answer.rows}


HOLDERS = ("anders-soderholm", "sigbritt-karlsson")


def test_the_only_persons_from_public_pages_are_those_who_hold_the_post_of_rektor(
    reader: Reader,
) -> None:
    typed = f"{EXTERNAL} {{ ?found a ?type }} FILTER(STRENDS(STR(?type), 'Person'))"
    held = f"{EXTERNAL} {{ ?holding sg:heldPost <{DATASET}id/post/rektor> ; sg:holder ?found }}"
    rektors = {f"{DATASET}id/person/{name}" for name in HOLDERS}
    assert find(reader, typed) == find(reader, held) == rektors
    said = f"{EXTERNAL} {{ ?person a foaf:Person ; ?found ?value }}"
    told = {DCTERMS + "source", FOAF + "name", RDF + "type", SKOS + "prefLabel"}
    assert find(reader, said) == told


def test_every_resource_leads_to_a_page_with_an_address(reader: Reader) -> None:
    addressed = f"""{EXTERNAL} {{ ?found dct:source* ?page .
        {{ ?page dct:source ?address FILTER(!STRSTARTS(STR(?address), "{DATASET}")) }}
        UNION {{ ?page a foaf:Document ; skos:note ?address }} }}"""
    pattern = f"{EXTERNAL} {{ ?found a ?type }} MINUS {{ {addressed} }}"
    assert find(reader, pattern) == set()


def test_an_address_that_is_known_in_part_is_no_link(reader: Reader) -> None:
    pattern = f"{EXTERNAL} {{ ?page dct:source ?found }} FILTER(CONTAINS(STR(?found), '…'))"
    assert find(reader, pattern) == set()


def test_every_page_is_the_source_of_something(reader: Reader) -> None:
    unused = f"""{EXTERNAL} {{ ?found a foaf:Document }}
        MINUS {{ {EXTERNAL} {{ ?found a eli:LegalResource }} }}
        MINUS {{ {EXTERNAL} {{ ?thing dct:source ?found }} }}"""
    assert find(reader, unused) == set()


def test_what_is_said_of_a_thing_in_the_documents_has_a_statement_with_a_page(
    reader: Reader,
) -> None:
    unsourced = f"""{EXTERNAL} {{ ?found ?predicate ?object }} {KNOWN}
        MINUS {{ {EXTERNAL} {{ ?statement rdf:subject ?found ; rdf:predicate ?predicate ;
            rdf:object ?object ; sg:statedIn ?graph ; dct:source ?page }} }}"""
    assert find(reader, unsourced) == set()


def test_only_names_and_matches_are_said_of_a_thing_in_the_documents(
    reader: Reader,
) -> None:
    known = KNOWN.replace("?found", "?subject")
    pattern = f"{EXTERNAL} {{ ?subject ?found ?object }} {known}"
    assert find(reader, pattern) == {
        SCHEMA + "name",
        SCHEMA + "alternateName",
        SKOS + "exactMatch",
    }


def test_every_statement_is_of_a_triple_that_is_there(reader: Reader) -> None:
    untrue = f"""{EXTERNAL} {{ ?found a rdf:Statement }} MINUS {{ {EXTERNAL} {{
        ?found rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
        ?subject ?predicate ?object }} }}"""
    assert find(reader, untrue) == set()


def test_a_name_tied_by_inference_is_marked_uncertain_and_no_other(
    reader: Reader,
) -> None:
    inferred = f"{EXTERNAL} {{ ?found rdf:predicate schema:alternateName }}"
    stated = f"{EXTERNAL} {{ ?found rdf:predicate schema:name }}"
    uncertain = find(reader, f"{EXTERNAL} {{ ?found sg:certainty sg:certaintyUncertain }}")
    assert find(reader, inferred)
    assert find(reader, inferred) <= uncertain
    assert not find(reader, stated) & uncertain


def test_public_facts_have_only_the_classes_that_tell_of_authority(reader: Reader) -> None:
    pattern = f"""{EXTERNAL} {{ ?thing a ?found }} FILTER(STRSTARTS(STR(?found), "{SG}"))"""
    assert find(reader, pattern) == {
        SG + name
        for name in (
            "DelegationOfAuthority",
            "DelegationOrder",
            "Holding",
            "MatterType",
            "OriginalAuthority",
            "Provision",
        )
    }


def test_what_the_documents_delegate_is_not_equated_with_a_public_matter(reader: Reader) -> None:
    tied = f"""{EXTERNAL} {{ {{ ?found ?predicate <{DATASET}id/matter/verksamhetsstod> }}
        UNION {{ <{DATASET}id/matter/verksamhetsstod> ?predicate ?found }} }}"""
    assert find(reader, tied) == set()


def test_every_resource_has_a_name_in_two_languages(reader: Reader) -> None:
    for language in ("sv", "en"):
        unnamed = f"""{EXTERNAL} {{ ?found a ?type FILTER(?type != rdf:Statement) }}
            MINUS {{ ?found skos:prefLabel ?name FILTER(LANG(?name) = "{language}") }}"""
        assert find(reader, unnamed) == set()


def test_every_thing_that_is_pointed_at_is_there(reader: Reader) -> None:
    lost = f"""{EXTERNAL} {{ ?subject ?predicate ?found }}
        FILTER(STRSTARTS(STR(?found), "{DATASET}id/")) MINUS {{ ?found a ?type }}"""
    assert find(reader, lost) == set()


def test_the_change_log_is_complete(reader: Reader) -> None:
    rows = ask(reader, "steering-document-changes")
    assert [(date, status, number) for date, _, _, _, status, number, *_ in rows] == [
        ("2022-03-23", "Ändrad", "V-2022-0207"),
        ("2022-06-17", "Ändrad", "V-2022-0397"),
        ("2022-07-01", "Upphävd", "V-2022-0399"),
        ("2022-07-01", "Ändrad", "V-2022-0399"),
        ("2022-07-01", "Ny", "V-2022-0398"),
        ("2022-09-21", "Ändrad", ""),
        ("2023-01-01", "Ny", ""),
        ("2023-02-17", "Ändrad", "V-2023-0091"),
        ("2023-03-24", "Ändrad", "V-2023-0244"),
        ("2023-05-15", "Ändrad", "V-2023-0402"),
    ]


def test_the_agreement_limits_of_a_school_are_given_with_their_amounts(
    reader: Reader,
) -> None:
    rows = ask(reader, "public-agreement-limits")
    assert [(row[2], row[4], row[6], row[7]) for row in rows] == [
        ("agreement-type:forskningsinfrastruktur", "role:prefekt", "", "5000000"),
        ("agreement-type:industri", "external-role:chef-rso", "", ""),
        ("agreement-type:svensk-offentlig-finansiar", "role:prefekt", "", "5000000"),
        ("agreement-type:svensk-offentlig-finansiar", "role:skolchef", "5000000", ""),
        ("agreement-type:utanfor-eu-ees", "external-role:vicerektor-forskning", "", ""),
    ]
