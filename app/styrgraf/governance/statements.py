"""What is stated, how sure it is, and where it is said: the values that all pages are made of.

No IO here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import RDF

Value = TypeVar("Value", covariant=True)
Other = TypeVar("Other")


class Certainty(StrEnum):
    """How sure a statement is, from what a document says to what only may be so."""

    ASSERTED = "asserted"
    INTERPRETED = "interpreted"
    INFERRED = "inferred"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said: lines (from 1, inclusive), and the numbered note that says so.

    A public page has no lines: both are 0, and `locator` and `document` are the page.
    """

    locator: Iri
    document: Iri
    first_line: int
    last_line: int
    note: Iri | None = None
    identifier: str = ""

    @property
    def is_page(self) -> bool:
        """Tell whether it is a public page, apart from the source documents."""
        return self.first_line == 0


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Value]):
    """A value that is stated, how sure it is, and where it is said."""

    value: Value
    certainty: Certainty = Certainty.ASSERTED
    sources: tuple[Source, ...] = ()


SourcedIri = Sourced[Iri]
SourcedText = Sourced[Literal]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A gap that concerns a thing; `properties` are those that it says are not stated."""

    gap: Iri
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A subject with its statements by property; what is not stated is None or ()."""

    iri: Iri
    statements: Mapping[str, tuple[Sourced[Term], ...]] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        """Return the IRIs of its classes."""
        return frozenset(each.value.value for each in self.types_stated)

    @property
    def types_stated(self) -> tuple[SourcedIri, ...]:
        """Return its classes as they are stated."""
        return self.iris(RDF + "type")

    def iris(self, *properties: str) -> tuple[SourcedIri, ...]:
        """Return what the thing points at by `properties`, in their order."""
        return tuple(
            Sourced(stated.value, stated.certainty, stated.sources)
            for name in properties
            for stated in self.statements.get(name, ())
            if isinstance(stated.value, Iri)
        )

    def texts(self, *properties: str) -> tuple[SourcedText, ...]:
        """Return the literals of `properties`, in their order."""
        return tuple(
            Sourced(stated.value, stated.certainty, stated.sources)
            for name in properties
            for stated in self.statements.get(name, ())
            if isinstance(stated.value, Literal)
        )

    def iri_of(self, *properties: str) -> SourcedIri | None:
        """Return the first of `iris`."""
        return next(iter(self.iris(*properties)), None)

    def text_of(self, *properties: str) -> SourcedText | None:
        """Return the first of `texts`."""
        return next(iter(self.texts(*properties)), None)

    def questions_about(self, *properties: str) -> tuple[OpenQuestion, ...]:
        """Return the gaps about one of `properties`."""
        return tuple(each for each in self.open_questions if set(properties) & set(each.properties))


@dataclass(frozen=True, slots=True)
class Page(Generic[Value]):
    """Some of a long list: `number` from 1, `size` items at most, of `total`."""

    items: tuple[Value, ...]
    number: int = 1
    size: int = 50
    total: int = 0

    @property
    def last_number(self) -> int:
        """Return the number of the last page; an empty list has one page."""
        return max(1, -(-self.total // self.size))

    def with_items(self, items: Iterable[Other]) -> Page[Other]:
        """Return the same page of the same list with other items."""
        return Page(tuple(items), self.number, self.size, self.total)

    def cut(self, number: int) -> Page[Value]:
        """Return page `number` of the items at hand, the nearest there is."""
        number = min(max(1, number), self.last_number)
        first = (number - 1) * self.size
        return Page(self.items[first : first + self.size], number, self.size, self.total)
