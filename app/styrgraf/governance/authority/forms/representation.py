"""Answers with all that is shown of them: evidence and names. Their forms stand in modules beside.

`json_form`, `rows_form` and `triples_form` make JSON, rows for CSV, and RDF of a representation.
No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from styrgraf.governance.authority.answers import (
    HeldDelegation,
    MayAnswer,
    PartyAnswer,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.forms.evidence import LinkEvidence, gather_evidence, list_parties
from styrgraf.governance.authority.forms.sentences import Words, tell_may, tell_who
from styrgraf.governance.authority.forms.wording import make_words, tell_breaks, tell_held
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.reasoning.residual import list_residual
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.labels import load_labels
from styrgraf.graph.store import Reader
from styrgraf.language import LANGUAGES
from styrgraf.model import Iri

Names = Mapping[str, Mapping[Iri, str]]
"""By language: what things are called."""


@dataclass(frozen=True, slots=True)
class BreakDates:
    """The days on which the answer to a question changes; the question's own day is not read."""

    question: Question
    days: tuple[date, ...]
    version: int


@dataclass(frozen=True, slots=True)
class HeldDelegations:
    """What a party has on a day."""

    party: Iri
    on: date
    delegations: tuple[HeldDelegation, ...]
    version: int
    residual: tuple[tuple[Iri, Verdict], ...] = ()
    """Original authority in everything that nobody else has, and whether it holds."""


Answer = WhoAnswer | MayAnswer | BreakDates | HeldDelegations


@dataclass(frozen=True, slots=True)
class Representation:
    """An answer, what its links rest on, and what the things in both are called.

    `breaks` are the days on which the answer to who may decide changes; None: not asked for.
    """

    answer: Answer
    evidence: Mapping[Iri, LinkEvidence]
    names: Names
    base: str
    breaks: tuple[date, ...] | None = None

    def words(self, language: str) -> Words:
        """Return plain words for sentences in `language`."""
        return make_words(language, self.names[language])

    def sentences(self, language: str) -> tuple[str, ...]:
        """Return the answer in plain sentences, the answer itself first."""
        return self.tell(self.words(language))

    def tell(self, words: Words) -> tuple[str, ...]:
        """Return the answer in sentences of these words, the answer itself first."""
        answer = self.answer
        if isinstance(answer, WhoAnswer):
            return tell_who(answer, words) + self._tell_breaks(answer.question, words)
        if isinstance(answer, MayAnswer):
            return tell_may(answer, words)
        if isinstance(answer, BreakDates):
            return tell_breaks(answer.question.matter, answer.days, words)
        return tell_held(answer.party, answer.on, answer.delegations, words, answer.residual)

    def _tell_breaks(self, question: Question, words: Words) -> tuple[str, ...]:
        return () if self.breaks is None else tell_breaks(question.matter, self.breaks, words)

    @property
    def parties(self) -> tuple[PartyAnswer, ...]:
        """Return the answers by party that the answer consists of."""
        return list_parties(_list_chained(self.answer))


def list_held(authority: Authority, party: Iri, on: date) -> HeldDelegations:
    """Return what a party has on a day, with what it has that is not by matter."""
    held = authority.delegations_of(party, on)
    residual = list_residual(authority.index, party, on)
    return HeldDelegations(party, on, held, authority.version, residual)


def represent(
    reader: Reader, answer: Answer, breaks: tuple[date, ...] | None = None
) -> Representation:
    """Return an answer with its evidence and the names of all that it speaks of."""
    residual = answer.residual if isinstance(answer, HeldDelegations) else ()
    evidence = gather_evidence(reader, _list_chained(answer), [iri for iri, _ in residual])
    iris = {iri.value for value in (answer, *evidence.values()) for iri in list_iris(value)}
    names = load_names(reader, iris)
    return Representation(answer, evidence, names, reader.version().base, breaks)


def list_iris(value: object) -> Iterator[Iri]:
    """Yield the IRIs in a value that is made of dataclasses and tuples."""
    if isinstance(value, Iri):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from list_iris(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from list_iris(getattr(value, field.name))


def _list_chained(answer: Answer) -> WhoAnswer | MayAnswer | tuple[HeldDelegation, ...]:
    if isinstance(answer, WhoAnswer | MayAnswer):
        return answer
    return answer.delegations if isinstance(answer, HeldDelegations) else ()


def load_names(reader: Reader, iris: Iterable[str]) -> Names:
    """Return what things are called, in each language."""
    wanted = tuple(iris)
    return {
        language: {
            Iri(iri): label.value for iri, label in load_labels(reader, wanted, language).items()
        }
        for language in LANGUAGES
    }


def write_names(names: Names) -> dict[str, dict[str, str]]:
    """Return names as values of JSON: by thing, and by language."""
    things = sorted({iri for known in names.values() for iri in known})
    return {
        iri.value: {language: known[iri] for language, known in names.items() if iri in known}
        for iri in things
    }
