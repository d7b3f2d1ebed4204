"""Facts of authority are read from all graphs; what is odd is never used as if it were certain."""

from __future__ import annotations

from datetime import date

import pytest

from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Holding,
    Kind,
    Limit,
    Order,
    OrderDefault,
    OriginalAuthority,
    PartyKind,
    Precision,
    Recall,
    Standing,
    Substitution,
    Window,
)
from styrgraf.governance.authority.intake import stated
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.statements import Certainty
from tests.tiny_graphs import BASE, CountingReader, read_text

PREFIXES = "PREFIX schema: <http://schema.org/>\nPREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
DAY = date(2024, 1, 1)
LATER = date(2025, 1, 1)


def iri(name: str) -> str:
    return f"{BASE}id/thing/{name}"


def read(trig: str) -> AuthorityFacts:
    return read_facts(open_text(trig))


def open_text(trig: str) -> CountingReader:
    return read_text(PREFIXES + trig)


def read_one(statements: str, graph: str = "graph:source-1") -> Delegation:
    found = read(f"{graph} {{ :d a sg:DelegationOfAuthority ; {statements} . }}")
    return found.delegations[0]


def day(text: str) -> str:
    return f'"{text}"^^xsd:date'


def test_a_delegation_is_read_with_all_that_is_stated() -> None:
    found = read(
        f"""graph:source-1 {{
        :d a sg:DelegationOfAuthority ;
          sg:delegator :rektor ; sg:delegate :skolchef ; sg:delegatesMatter :avtal , :antagning ;
          sg:validFrom {day("2024-01-01")} ; sg:validTo {day("2025-01-01")} ;
          sg:datePrecision sg:precisionMonth ; sg:rightKind sg:rightDecide , sg:rightSign ;
          sg:status sg:statusEnded ; sg:amountLimit :a ; sg:withinUnit :skola ;
          sg:condition "Gemensamt med dekanus."@sv ; sg:exclusive true ;
          sg:subDelegationAllowed false ; sg:maySubDelegateTo :prefekt ;
          sg:permitsRecipientKind sg:recipientPost , sg:recipientRole ;
          sg:subDelegationOf :s1 , :s2 ; sg:underOrder :ordning ; sg:grantedBy :beslut .
        :a a schema:MonetaryAmount ; schema:maxValue 2000000.50 ; schema:currency "SEK" ;
          sg:limitExcluded true . }}"""
    )
    assert found.delegations == (
        Delegation(
            iri=iri("d"),
            delegator=iri("rektor"),
            delegate=iri("skolchef"),
            matters=(iri("antagning"), iri("avtal")),
            window=Window(DAY, LATER, Precision.MONTH),
            kinds=frozenset(Kind),
            standing=Standing.ENDED,
            limit=Limit(2_000_000_50, "SEK", excluded=True),
            unit=iri("skola"),
            conditional=True,
            exclusive=True,
            sub_delegation_allowed=False,
            recipients=(iri("prefekt"),),
            recipient_kinds=frozenset({PartyKind.POST, PartyKind.ROLE}),
            sources=(iri("s1"), iri("s2")),
            order=iri("ordning"),
        ),
    )


def test_what_is_not_stated_is_not_made_up() -> None:
    assert read_one("dct:title 'x'") == Delegation(iri("d"))


def test_original_authority_orders_and_what_is_dated_are_read() -> None:
    found = read(
        f"""graph:source-1 {{
        :o1 a sg:OriginalAuthority ; sg:authorityHolder :rektor ; sg:residual true ;
          sg:delegationAllowed true ; sg:validFrom {day("2024-01-01")} .
        :o2 a sg:OriginalAuthority ; sg:authorityHolder :styrelse ; sg:overMatter :budget .
        :o3 a sg:OriginalAuthority ; sg:overMatter :budget .
        :r a sg:Recall ; sg:recalls :d ; sg:validFrom {day("2024-01-01")} .
        :ordning a sg:DelegationOrder ; sg:validFrom {day("2024-01-01")} .
        :default a sg:OrderDefault ; sg:defaultOf :ordning ; sg:subDelegationAllowed true ;
          sg:permitsRecipientKind sg:recipientBody ; sg:validTo {day("2025-01-01")} .
        :h a sg:Holding ; sg:heldPost :rektor ; sg:holder :anna ; sg:acting true ;
          sg:validFrom {day("2024-01-01")} .
        :s1 a sg:Substitution ; sg:substituteFor :rektor ; sg:substitute :prorektor ;
          sg:substitutionKind sg:substitutionByLaw .
        :s2 a sg:Substitution ; sg:substituteFor :rektor ; sg:substitute :dekan ;
          sg:substitutionKind sg:substitutionByDecision ; sg:validFrom {day("2024-01-01")} . }}"""
    )
    assert found.original_authorities == (
        OriginalAuthority(
            iri("o1"), iri("rektor"), (), residual=True, window=Window(DAY), delegation_allowed=True
        ),
        OriginalAuthority(iri("o2"), iri("styrelse"), (iri("budget"),)),
    )
    assert found.recalls == (Recall(iri("r"), iri("d"), DAY),)
    assert found.orders == (Order(iri("ordning"), Window(DAY)),)
    assert found.defaults == (
        OrderDefault(
            iri("default"),
            iri("ordning"),
            Window(None, LATER),
            sub_delegation_allowed=True,
            recipient_kinds=frozenset({PartyKind.BODY}),
        ),
    )
    assert found.holdings == (
        Holding(iri("h"), iri("rektor"), iri("anna"), Window(DAY), acting=True),
    )
    assert found.substitutions == (
        Substitution(iri("s1"), iri("rektor"), iri("prorektor"), by_law=True),
        Substitution(iri("s2"), iri("rektor"), iri("dekan"), Window(DAY)),
    )


def test_hierarchies_are_read_and_roles_are_kept_apart_from_matters() -> None:
    found = read(
        """graph:source-1 {
        :forskningsavtal a sg:MatterType ; skos:broader :avtal .
        :p a org:Post ; org:role :prefekt ; org:unitOf :nowhere .
        :prefekt a org:Role ; skos:broader :chef .
        :avdelning org:subOrganizationOf :skola . :skola org:unitOf :verk .
        :styrelse a sg:Body . :anna a foaf:Person .
        :m a org:Membership ; org:role :prefekt . }"""
    )
    assert found.broader_matters == {iri("forskningsavtal"): (iri("avtal"),), iri("avtal"): ()}
    assert found.broader_roles == {iri("prefekt"): (iri("chef"),), iri("chef"): ()}
    assert found.roles_of_posts == {iri("p"): (iri("prefekt"),)}
    assert found.units_above[iri("avdelning")] == (iri("skola"),)
    assert found.units_above[iri("skola")] == (iri("verk"),)
    assert found.party_kinds == {
        iri("p"): PartyKind.POST,
        iri("prefekt"): PartyKind.ROLE,
        iri("styrelse"): PartyKind.BODY,
    }


def test_a_matter_that_is_only_delegated_has_its_broader_matters_too() -> None:
    found = read(
        """graph:source-1 { :d a sg:DelegationOfAuthority ; sg:delegatesMatter :x .
        :x skos:broader :y . }"""
    )
    assert found.broader_matters == {iri("x"): (iri("y"),), iri("y"): ()}


def test_certainty_is_the_lowest_of_what_is_stated() -> None:
    trig = """
    graph:source-1 { :d a sg:DelegationOfAuthority ; sg:delegator :rektor . }
    graph:interpretation { :d sg:delegator :rektor ; sg:delegate :skolchef . }
    graph:inferred { :e a sg:DelegationOfAuthority . }
    graph:external { :f a sg:DelegationOfAuthority . }
    """
    found = {each.iri: each.certainty for each in read(trig).delegations}
    assert found == {
        iri("d"): Certainty.INTERPRETED,
        iri("e"): Certainty.INFERRED,
        iri("f"): Certainty.ASSERTED,
    }


def test_a_delegation_that_is_called_a_reading_is_no_surer_than_that() -> None:
    stated_plainly, read_out = (
        read_one(f"sg:delegator :rektor{certainty}").certainty
        for certainty in ("", " ; sg:certainty sg:certaintyInterpreted")
    )
    assert (stated_plainly, read_out) == (Certainty.ASSERTED, Certainty.INTERPRETED)


def test_a_reading_that_a_note_calls_uncertain_is_uncertain() -> None:
    note = """graph:evidence { :note sg:certainty sg:certaintyUncertain ; oa:hasBody :st .
    :st a rdf:Statement ; rdf:subject :d ; rdf:predicate sg:delegate ; rdf:object :skolchef . }"""
    stated_in = "{ :d a sg:DelegationOfAuthority ; sg:delegate :skolchef . }"
    read_as = read(f"graph:interpretation {stated_in} {note}").delegations[0]
    assert read_as.certainty is Certainty.UNCERTAIN
    asserted = read(f"graph:source-1 {stated_in} {note}").delegations[0]
    assert asserted.certainty is Certainty.ASSERTED


def test_what_a_public_page_only_suggests_is_as_sure_as_its_statement_says() -> None:
    found = read(
        """graph:external { :d a sg:DelegationOfAuthority ; sg:delegate :skolchef .
        :st a rdf:Statement ; rdf:subject :d ; rdf:predicate sg:delegate ; rdf:object :skolchef ;
          sg:certainty sg:certaintyInterpreted . }"""
    )
    assert found.delegations[0].certainty is Certainty.INTERPRETED


def test_what_is_derived_is_not_read_back() -> None:
    found = read(
        """graph:inferred { :x a sg:DerivedAuthority ; prov:wasDerivedFrom :d ;
        sg:delegate :skolchef ; sg:overMatter :avtal . }""".replace("prov:", "dct:")
    )
    assert found.delegations == found.original_authorities == ()


START = f"sg:validFrom {day('2024-01-01')}"


@pytest.mark.parametrize(
    "odd",
    [
        "sg:delegator :a , :b",
        "sg:delegate :a , :b",
        "sg:underOrder :a , :b",
        "sg:withinUnit :a , :b",
        'sg:delegator "rektor"',
        'sg:maySubDelegateTo "prefekter"',
        f"sg:validFrom {day('2024-02-01')}",
        f"sg:validTo {day('2024-02-31')}",
        'sg:validTo "nästa år"',
        "sg:validTo :then",
        "sg:rightKind :okänd",
        "sg:status sg:statusAnnounced",
        "sg:permitsRecipientKind :okänd",
        "sg:datePrecision :okänd",
        "sg:subDelegationAllowed true , false",
        'sg:exclusive "ja"',
        "sg:amountLimit :saknas",
        "sg:amountLimit :a , :b",
        "sg:amountLimit :utan-värde",
        "sg:amountLimit :negativt",
    ],
)
def test_a_delegation_with_something_odd_is_never_certain(odd: str) -> None:
    found = read(
        f"""graph:source-1 {{ :d a sg:DelegationOfAuthority ; {START} ; {odd} .
        :a a schema:MonetaryAmount ; schema:maxValue 1 . :b a schema:MonetaryAmount ;
        schema:maxValue 2 . :utan-värde a schema:MonetaryAmount ; schema:minValue 1 .
        :negativt a schema:MonetaryAmount ; schema:maxValue -1 . }}"""
    )
    assert found.delegations[0].window.start is None


def test_a_delegation_without_anything_odd_has_its_start() -> None:
    assert read_one(START).window == Window(DAY)


def test_two_delegators_are_none() -> None:
    found = read_one("sg:delegator :a , :b ; sg:delegate :c")
    assert (found.delegator, found.delegate) == (None, iri("c"))


def test_a_status_that_says_not_adopted_goes_before_one_that_says_in_force() -> None:
    assert read_one("sg:status sg:statusInForce , sg:statusPossible").standing is Standing.DRAFT
    assert read_one("sg:status sg:statusInForce").standing is Standing.ADOPTED


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ('schema:maxValue 5 ; schema:currency "SEK"', Limit(500, "SEK")),
        ('schema:maxValue "5.009"^^xsd:decimal ; schema:currency "EUR"', Limit(500, "EUR")),
        ("schema:maxValue 5", Limit(500, "")),
        ('schema:maxValue 5 ; schema:currency "kronor"', Limit(500, "")),
        ('schema:maxValue 1e30 ; schema:currency "SEK"', Limit(2**62, "SEK")),
    ],
)
def test_a_limit_is_read_in_hundredths_and_never_too_high(written: str, limit: Limit) -> None:
    found = read(
        f"""graph:source-1 {{ :d a sg:DelegationOfAuthority ; sg:amountLimit :a .
        :a a schema:MonetaryAmount ; {written} . }}"""
    )
    assert found.delegations[0].limit == limit


def test_a_recall_whose_day_cannot_be_read_leaves_the_delegation_uncertain() -> None:
    found = read(
        f"""graph:source-1 {{ :d a sg:DelegationOfAuthority ; {START} .
        :r a sg:Recall ; sg:recalls :d . }}"""
    )
    assert found.recalls == ()
    assert found.delegations[0].window.start is None


def test_a_substitution_of_a_kind_not_stated_is_as_weak_as_one_by_law() -> None:
    found = read(
        """graph:source-1 { :s a sg:Substitution ; sg:substituteFor :a ; sg:substitute :b . }"""
    )
    assert found.substitutions[0].by_law is True


def test_no_answer_has_more_rows_than_a_page_and_all_pages_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trig = "graph:source-1 {" + "".join(
        f":d{each} a sg:DelegationOfAuthority ; sg:delegatesMatter :m1 , :m2 , :m3 ."
        for each in range(20)
    )
    whole = read(trig + "}")
    monkeypatch.setattr(stated, "PAGE_ROWS", 4)
    monkeypatch.setattr(stated, "_THINGS_AT_ONCE", 3)
    assert read(trig + "}") == whole
    assert len(whole.delegations) == 20
    assert all(len(each.matters) == 3 for each in whole.delegations)
