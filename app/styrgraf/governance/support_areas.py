"""Support areas and who answers for them.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.statements import OpenQuestion, Source, SourcedIri, SourcedText, Thing
from styrgraf.governance.surroundings import Period, Surroundings, describe_period
from styrgraf.model import Iri
from styrgraf.namespaces import SG, SKOS

AREA_CLASSES = (SG + "SupportArea",)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for a support area: the unit printed, and the role read out of it."""

    iri: Iri
    written: SourcedText | None
    areas: tuple[SourcedIri, ...]
    units: tuple[SourcedIri, ...]
    parties: tuple[SourcedIri, ...]
    period: Period
    open_questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """A support area: what else it is called, and who is printed for it."""

    iri: Iri
    other_names: tuple[SourcedText, ...]
    responsibilities: tuple[Responsibility, ...]
    actions: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]

    @property
    def printed_at(self) -> tuple[Source, ...]:
        """Return the passages that print somebody for the area, each once."""
        written = [each.written for each in self.responsibilities if each.written]
        return tuple(
            {source.locator: source for each in written for source in each.sources}.values()
        )


def describe_area(thing: Thing, around: Surroundings, on: date | None = None) -> AreaRecord:
    """Return what is known of a support area, on a day where one is given."""
    return AreaRecord(
        iri=thing.iri,
        other_names=thing.texts(SKOS + "altLabel", SG + "asWritten"),
        responsibilities=tuple(
            _describe_responsibility(each)
            for each, _ in around.pointing_at(thing.iri, SG + "forArea")
            if SG + "AreaResponsibility" in each.types and describe_period(each).may_hold(on)
        ),
        actions=thing.iris(SG + "hasActionItem"),
        open_questions=thing.open_questions,
    )


def _describe_responsibility(thing: Thing) -> Responsibility:
    return Responsibility(
        iri=thing.iri,
        written=thing.text_of(SG + "asWritten"),
        areas=thing.iris(SG + "forArea"),
        units=thing.iris(SG + "responsibleUnit"),
        parties=thing.iris(SG + "responsibleParty"),
        period=describe_period(thing),
        open_questions=thing.open_questions,
    )
