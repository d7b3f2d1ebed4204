"""A trial as RDF: what is and what would be, as pairs of sg:AuthorityAnswer. No IO here.

The second of a pair replaces the first. All are members of one collection that tells what was
tried; of the things themselves nothing is said that holds only in the trial.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

from styrgraf.governance.authority.forms.rdf_terms import (
    KINDS,
    TYPE,
    VERDICTS,
    list_window,
    make_digest,
    triple,
    write_day,
    write_decimal_literal,
)
from styrgraf.governance.authority.forms.trial_sentences import make_trial_words, tell_trial
from styrgraf.governance.authority.reasoning.rehearsal import (
    AuthorityChange,
    DecisionChange,
    Extent,
)
from styrgraf.governance.authority.reasoning.trials import Trial
from styrgraf.language import LANGUAGES, N_, translate
from styrgraf.model import Iri, Literal, Triple
from styrgraf.namespaces import DCTERMS, ID_PATH, PROV, RDFS, SCHEMA, SG, SKOS, XSD


def list_trial_triples(trial: Trial, base: str) -> tuple[Triple, ...]:
    """Return the triples of a trial, each once."""
    things, rehearsal = base + ID_PATH, trial.rehearsal
    digest = make_digest(
        trial.kind, trial.thing, trial.touched, rehearsal, trial.goals, trial.version
    )
    node = Iri(f"{things}rehearsal/{digest}")
    pairs = _Pairs(node, f"{things}authority-answer/{digest}")
    triples = [*_write_trial(node, trial), *_write_fallen(node, trial)]
    for number, change in enumerate(rehearsal.authority, 1):
        triples += pairs.write_change(number, change)
    for number, decided in enumerate(rehearsal.decisions, 1):
        goals = [each.goal for each in trial.goals if each.decision == decided.decision]
        triples += pairs.write_decision(number, decided, goals)
    return tuple(dict.fromkeys(triples))


def _write_trial(node: Iri, trial: Trial) -> Iterator[Triple]:
    """Yield what was tried, and what it shows in sentences."""
    yield triple(node, TYPE, Iri(PROV + "Collection"))
    yield triple(node, DCTERMS + "date", write_day(trial.rehearsal.on))
    yield triple(node, SKOS + "notation", Literal(trial.kind))
    for thing in (trial.thing, *trial.touched):
        if thing:
            yield triple(node, DCTERMS + "references", thing)
    for language in LANGUAGES:
        told = " ".join(tell_trial(trial, make_trial_words(trial, language)))
        yield triple(node, DCTERMS + "description", Literal.in_language(told, language))


def _write_fallen(node: Iri, trial: Trial) -> Iterator[Triple]:
    if not trial.rehearsal.fallen:
        return
    fallen = Iri(node.value.replace("/rehearsal/", "/fallen-delegations/"))
    yield triple(fallen, TYPE, Iri(PROV + "Collection"))
    yield triple(fallen, DCTERMS + "isPartOf", node)
    for language in LANGUAGES:
        label = translate(N_("Delegations that fall"), language)
        yield triple(fallen, RDFS + "label", Literal.in_language(label, language))
    for delegation in trial.rehearsal.fallen:
        yield triple(fallen, PROV + "hadMember", delegation)


class _Pairs:
    """The answers before and after, named after the trial `node` that they are members of."""

    def __init__(self, node: Iri, stem: str) -> None:
        self._node = node
        self._stem = stem

    def write_change(self, number: int, change: AuthorityChange) -> Iterator[Triple]:
        """Yield what a party may as it is, and as it would be, during the same time."""
        now, then = yield from self._write_pair(f"{number}", change.before, change.after)
        for node in (now, then):
            yield triple(node, SG + "answersParty", change.party)
            yield triple(node, SG + "overMatter", change.matter)
            yield triple(node, SG + "rightKind", KINDS[change.kind])
            if change.period.start:
                yield triple(node, SG + "onDate", write_day(change.period.start))
            yield from list_window(node, change.period)

    def write_decision(
        self, number: int, change: DecisionChange, goals: list[Iri]
    ) -> Iterator[Triple]:
        """Yield the support of a decision as it is, and as it would be, with what hangs on it."""
        before, after = Extent(change.before), Extent(change.after)
        now, then = yield from self._write_pair(f"decision-{number}", before, after)
        for node in (now, then):
            yield triple(node, PROV + "wasDerivedFrom", change.decision)
        for goal in goals:
            yield triple(then, DCTERMS + "references", goal)

    def _write_pair(
        self, name: str, before: Extent, after: Extent
    ) -> Generator[Triple, None, tuple[Iri, Iri]]:
        now, then = Iri(f"{self._stem}-{name}-now"), Iri(f"{self._stem}-{name}-then")
        for node, extent in ((now, before), (then, after)):
            yield triple(self._node, PROV + "hadMember", node)
            yield triple(node, TYPE, Iri(SG + "AuthorityAnswer"))
            yield triple(node, SG + "verdict", VERDICTS[extent.verdict])
            yield from _write_limit(node, extent)
        yield triple(then, DCTERMS + "replaces", now)
        return now, then


def _write_limit(node: Iri, extent: Extent) -> Iterator[Triple]:
    limit = extent.limit
    if limit:
        excluded = Literal("true" if limit.excluded else "false", XSD + "boolean")
        yield triple(node, SCHEMA + "maxValue", write_decimal_literal(limit.hundredths))
        yield triple(node, SCHEMA + "currency", Literal(limit.currency))
        yield triple(node, SG + "limitExcluded", excluded)
