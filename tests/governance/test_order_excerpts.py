"""The part of a delegation order that is about one thing: what stands in it, and what beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.governance.authority.intake.naming import find_subject
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.reasoning.in_force import list_in_force
from styrgraf.governance.order_document.document import OrderDocument, arrange_document
from styrgraf.governance.order_document.excerpts import Excerpt, take_excerpt
from styrgraf.governance.order_document.sections import Arrangement
from styrgraf.model import Iri
from tests.tiny_graphs import BASE, CountingReader, read_text

Read = Callable[[str], CountingReader]
THINGS = f"{BASE}id/thing/"
DAY = date(2022, 5, 5)


class Order:
    """The order of a graph on a day, whole and in parts."""

    def __init__(self, reader: CountingReader, on: date = DAY) -> None:
        self._reader = reader
        self._on = on
        self._index = Authority.of(read_facts(reader)).index
        self._in_force = list_in_force(self._index, on)

    def arrange(self, by: Arrangement, about: str | None = None) -> OrderDocument:
        thing = Iri(THINGS + about) if about else None
        return arrange_document(self._reader, self._index, self._on, by, "sv", thing)

    def take(self, about: str) -> Excerpt:
        thing = Iri(THINGS + about)
        return take_excerpt(self._reader, self._index, self._on, self._in_force, thing)

    def name(self, rows: Iterable[int]) -> list[str]:
        return [self._index.iri(row).removeprefix(THINGS) for row in rows]

    def list_own(self, document: OrderDocument) -> list[str]:
        return self.name(row for section in document.sections for row in section.rows)

    def list_part(self, about: str) -> set[str]:
        sure, open_ = self.take(about).in_force
        return {*self.name(sure), *self.name(open_)}


def shorten(iris: Iterable[Iri]) -> set[str]:
    return {iri.value.removeprefix(THINGS) for iri in iris}


@pytest.fixture
def order(read: Read) -> Order:
    return Order(read("part"))


@pytest.mark.parametrize(
    ("about", "held"),
    [
        ("ekonomi", {"to-dean", "to-head", "to-office", "to-board", "to-nobody", "perhaps"}),
        ("inkop", {"to-head", "to-office", "to-board", "to-nobody", "perhaps"}),
        ("it", {"to-board", "perhaps"}),
        ("dean", {"to-dean"}),
        ("rektor", set()),
        ("head", {"to-head", "to-heads", "to-chiefs", "perhaps"}),
        ("heads", {"to-heads", "to-chiefs"}),
        ("chiefs", {"to-chiefs"}),
        ("board", {"to-board"}),
        ("department", {"to-head", "to-heads", "to-chiefs", "perhaps"}),
        ("school", {"to-dean", "to-head", "to-heads", "to-chiefs", "to-board", "perhaps"}),
        ("office", {"to-office", "of-nothing"}),
    ],
)
def test_a_part_holds_narrower_matters_lower_units_and_what_comes_by_a_role(
    order: Order, about: str, held: set[str]
) -> None:
    assert order.list_part(about) == held


def test_delegations_of_broader_matters_and_of_none_are_told_beside(order: Order) -> None:
    beside = order.take("it").beside
    assert beside.broader == 4  # to the dean, the head, the office and nobody
    assert shorten(beside.broader_matters) == {"ekonomi", "inkop"}
    assert beside.untold == 1
    assert order.take("ekonomi").beside.broader == 0


def test_what_is_limited_to_a_unit_and_given_to_others_is_told_beside(order: Order) -> None:
    beside = order.take("school").beside
    assert (shorten(beside.limited.first), beside.limited.total) == ({"to-office"}, 1)
    assert beside.untold == 2  # to a role without posts, and to nobody
    assert order.take("office").beside.limited.total == 0
    assert order.take("dean").beside.untold == 1


def test_a_role_names_the_posts_of_the_part_that_have_it(order: Order) -> None:
    posts = order.take("school").posts
    assert shorten(posts) == {"heads", "chiefs"}
    assert {(each.first, each.total) for each in posts.values()} == {((Iri(THINGS + "head"),), 1)}


def test_an_empty_part_tells_a_day_on_which_it_is_not(read: Read) -> None:
    assert Order(read("part"), date(2030, 1, 1)).take("board").other_day == date(2022, 6, 30)
    assert Order(read("part"), date(2010, 1, 1)).take("board").other_day == date(2022, 1, 1)
    assert Order(read("part")).take("rektor").other_day is None
    assert Order(read("part")).take("board").other_day is None


def test_the_sections_of_a_part_begin_at_what_it_is_about(order: Order) -> None:
    def outline(by: Arrangement, about: str) -> list[tuple[str, str, int]]:
        return [
            (each.number, str(each.thing and each.thing.value.removeprefix(THINGS)), len(each.rows))
            for each in order.arrange(by, about).sections
        ]

    assert outline(Arrangement.UNIT, "school") == [
        ("1", "school", 2),
        ("1.1", "department", 1),
        ("2", "None", 2),
        ("3", "None", 1),
    ]
    assert outline(Arrangement.MATTER, "inkop") == [
        ("1", "inkop", 3),
        ("1.1", "it", 1),
        ("2", "None", 1),
    ]


def test_what_nobody_names_has_an_empty_part(order: Order) -> None:
    document = order.arrange(Arrangement.UNIT, "no-such-thing")
    assert (document.sections, document.total) == ((), 0)


def test_a_part_is_found_by_iri_though_nothing_says_what_it_is(read: Read) -> None:
    reader = read_text("graph:source\\/1 { :d sg:delegatesMatter :loose . :p org:postIn :place }")
    for name in ("loose", "place"):
        assert find_subject(reader, THINGS + name, "sv") == Iri(THINGS + name)


MATTERS, UNITS = ("m0", "m1", "m2", "m3"), ("u0", "u1", "u2")
POSTS, BODIES, ROLES = ("p0", "p1", "p2"), ("b0",), ("r0", "r1")
Above = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Drawn:
    """A small organisation, and for each delegation who receives, its matters, and a start."""

    matters: Above
    units: Above
    places: Above
    roles: Above
    wider: Above
    given: tuple[tuple[str | None, tuple[str, ...], bool], ...]

    def write(self) -> str:
        """Return the graph in TriG."""
        lines = [f":{each} a sg:MatterType ." for each in MATTERS]
        lines += [f":{each} a org:OrganizationalUnit ." for each in UNITS]
        lines += [f":{each} a org:Post ." for each in POSTS]
        lines += [f":{each} a sg:Body ." for each in BODIES]
        lines += [f":{each} a org:Role ." for each in ROLES]
        lines += write_links(self.matters, "skos:broader") + write_links(self.wider, "skos:broader")
        lines += write_links(self.units, "org:subOrganizationOf")
        lines += write_links(self.places, "org:unitOf") + write_links(self.roles, "org:role")
        for number, (receiver, matters, dated) in enumerate(self.given):
            lines.append(f":d{number} a sg:DelegationOfAuthority .")
            lines += [f":d{number} sg:delegate :{receiver} ."] if receiver else []
            lines += [f":d{number} sg:delegatesMatter :{matter} ." for matter in matters]
            lines += [f":d{number} sg:validFrom '2022-01-01'^^xsd:date ."] if dated else []
        return "graph:source\\/1 { " + " ".join(lines) + " }"

    def list_part(self, about: str) -> set[str]:
        """Return what the part holds, found from below: by each delegation, all that it is of."""
        return {
            f"d{number}"
            for number, (receiver, matters, _) in enumerate(self.given)
            if about in climb(matters, self.matters)
            or (receiver and about in self.list_receiving(receiver))
        }

    def list_receiving(self, receiver: str) -> set[str]:
        """Return the parties that receive what one receives, and the units that these are in."""
        having = [post for post in POSTS if receiver in climb(self.roles.get(post, ()), self.wider)]
        narrower = [role for role in ROLES if receiver in climb([role], self.wider)]
        parties = {receiver, *having, *narrower}
        places = {**self.places, **self.units}
        return parties | climb(
            (place for each in parties for place in places.get(each, ())), self.units
        )


def climb(things: Iterable[str], above: Above) -> set[str]:
    reached: set[str] = set()
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if thing not in reached:
            reached.add(thing)
            waiting.extend(above.get(thing, ()))
    return reached


def write_links(above: Above, link: str) -> list[str]:
    return [f":{thing} {link} :{whole} ." for thing, wholes in above.items() for whole in wholes]


def links(things: tuple[str, ...], wholes: tuple[str, ...]) -> st.SearchStrategy[Above]:
    """Draw up to two above each, circles among them."""
    few = st.lists(st.sampled_from(wholes), max_size=2, unique=True).map(tuple)
    return st.fixed_dictionaries(dict.fromkeys(things, few))


delegations = st.tuples(
    st.sampled_from([*POSTS, *BODIES, *ROLES, *UNITS, None]),
    st.lists(st.sampled_from(MATTERS), max_size=2, unique=True).map(tuple),
    st.sampled_from([True, True, True, False]),
)
drawn = st.builds(
    Drawn,
    links(MATTERS, MATTERS),
    links(UNITS, UNITS),
    links((*POSTS, *BODIES), UNITS),
    links(POSTS, ROLES),
    links(ROLES, ROLES),
    st.lists(delegations, min_size=1, max_size=6).map(tuple),
)
ALL = (*MATTERS, *UNITS, *POSTS, *BODIES, *ROLES)


@given(drawn)
def test_parts_together_hold_the_whole_and_none_holds_more(facts: Drawn) -> None:
    order = Order(read_text(facts.write()))
    parts = {about: order.list_part(about) for about in ALL}
    assert parts == {about: facts.list_part(about) for about in ALL}
    whole = {f"d{number}" for number in range(len(facts.given))}
    of_none = {f"d{number}" for number, (_, matters, _) in enumerate(facts.given) if not matters}
    to_none = {f"d{number}" for number, (receiver, *_) in enumerate(facts.given) if not receiver}
    assert set().union(*(parts[each] for each in MATTERS)) | of_none == whole
    parties = (*POSTS, *BODIES, *ROLES, *UNITS)
    assert set().union(*(parts[each] for each in parties)) | to_none == whole
    for thing, wholes in {**facts.matters, **facts.units}.items():
        for each in wholes:
            assert parts[thing] <= parts[each]


@given(drawn, st.sampled_from(ALL), st.sampled_from(Arrangement))
def test_every_arrangement_of_a_part_holds_each_of_its_delegations_once(
    facts: Drawn, about: str, by: Arrangement
) -> None:
    order = Order(read_text(facts.write()))
    document, whole = order.arrange(by, about), order.arrange(by)
    own = order.list_own(document)
    assert len(own) == document.total == len(set(own))
    assert set(own) == facts.list_part(about)
    assert set(own) <= set(order.list_own(whole))
    of_it = [each for each in whole.sections if each.thing == Iri(THINGS + about)]
    for section in of_it:
        assert set(order.name((*section.rows, *section.elsewhere))) <= set(own)
