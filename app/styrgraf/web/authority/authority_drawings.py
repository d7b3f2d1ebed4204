"""Chains drawn: from an original authority at the left to the party asked about at the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.strokes import Box
from styrgraf.governance.authority.answers import Chain, Finding, HolderState, Link, PartyAnswer
from styrgraf.governance.authority.rules import Verdict
from styrgraf.model import Iri
from styrgraf.web.authority.authority_words import write_limit, write_period, write_rule
from styrgraf.web.drawings import make_drawing
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame

MOST_DRAWN = 12
"""So many chains of a party are drawn; the tables have the rest."""

_SIGNS = {Verdict.NO: "✕", Verdict.NOT_TOLD: "?"}
_KINDS = {Verdict.NO: "failing", Verdict.NOT_TOLD: "unknown"}


@dataclass(slots=True)
class _Step:
    """A link with what follows on it in the chains that share it; the last ones end a chain."""

    link: Link
    following: dict[Link, _Step] = field(default_factory=dict)
    ends: list[Chain] = field(default_factory=list)


def draw_chains(answer: PartyAnswer, frame: Frame, identifier: str) -> Drawing:
    """Return the drawing of a party's first chains; those that begin alike share their beginning.

    A failing or untold link is marked by its line, by a sign on it, and in words.
    """
    roots: dict[Link, _Step] = {}
    for chain in answer.chains[:MOST_DRAWN]:
        _place(chain, roots)
    branches = [_draw_root(step, answer, frame) for step in roots.values()]
    if hidden := answer.total - min(len(answer.chains), MOST_DRAWN):
        branches.append(Branch(Box(gettext("+%(number)s more", number=hidden), kind="group")))
    return make_drawing(
        branches,
        gettext("Chains to %(party)s", party=frame.label(answer.party)),
        gettext(
            "From left to right: whose authority it is from the beginning, and to whom it has been"
            " delegated. A dotted line is derived; a line with ? cannot be told; a broken line"
            " with ✕ fails. The words on the line say why."
        ),
        identifier,
    )


def _place(chain: Chain, roots: dict[Link, _Step]) -> None:
    """Put a chain among those that begin alike."""
    level, step = roots, None
    for link in chain.links:
        step = level.setdefault(link, _Step(link))
        level = step.following
    if step is not None:
        step.ends.append(chain)


def _draw_root(step: _Step, answer: PartyAnswer, frame: Frame) -> Branch:
    """Return the chains from the original authority, or (of a broken chain) the first giver."""
    link = step.link
    if link.delegation is not None:
        return Branch(_box(link.giver, (), frame, "emphasis"), (_draw_step(step, answer, frame),))
    details = [gettext("original authority"), *_write_signs(link.findings)]
    if link.matters:
        details[1:1] = [frame.label(matter) for matter in link.matters]
    box = _box(link.receiver, details, frame, "emphasis")
    return _finish(step, box, answer, frame)


def _draw_step(step: _Step, answer: PartyAnswer, frame: Frame) -> Branch:
    link = step.link
    words = gettext("delegates to – derived") if link.inferred else gettext("delegates to")
    return _finish(
        step,
        _box(link.receiver, _describe_link(link, frame), frame),
        answer,
        frame,
        label="\n".join([words, *_write_signs(link.findings)]),
        kind=_KINDS.get(link.verdict, "inferred" if link.inferred else ""),
    )


def _finish(
    step: _Step, box: Box, answer: PartyAnswer, frame: Frame, label: str = "", kind: str = ""
) -> Branch:
    """Return a box with what follows on it; the party stands in it, or in one of its own."""
    following = [_draw_step(each, answer, frame) for each in step.following.values()]
    receiver = step.link.receiver
    if step.ends and receiver == answer.party:
        box = Box(
            box.name,
            (*box.details, *_describe_party(answer, step.ends, frame)),
            box.address,
            box.kind,
            box.language,
            box.iri,
        )
    elif step.ends:
        following.insert(0, _draw_bearer(receiver, answer, step.ends, frame))
    about = step.link.delegation.value if step.link.delegation else ""
    return Branch(box, tuple(following), label, kind, about)


def _draw_bearer(
    receiver: Iri | None, answer: PartyAnswer, chains: Sequence[Chain], frame: Frame
) -> Branch:
    """Return the party where it has the delegation by its role, or as substitute for a post."""
    last = _box(answer.party, _describe_party(answer, chains, frame), frame)
    if answer.through is None:
        return Branch(last, label=gettext("is the role of"))
    worst = min((finding.verdict for finding in answer.findings), default=Verdict.YES)
    branch = Branch(last, label=gettext("its substitute"), kind=_KINDS.get(worst, ""))
    if answer.through == receiver:
        return branch
    return Branch(_box(answer.through, (), frame), (branch,), gettext("is the role of"))


def _describe_link(link: Link, frame: Frame) -> Iterable[str]:
    yield from (frame.label(matter) for matter in link.matters)
    yield write_period(link.period)
    if link.limit:
        yield write_limit(link.limit)
    if link.unit:
        yield gettext("only within %(unit)s", unit=frame.label(link.unit))
    if link.conditional:
        yield gettext("with a condition")


def _describe_party(answer: PartyAnswer, chains: Sequence[Chain], frame: Frame) -> tuple[str, ...]:
    """Return what stands in the party's own box: who holds it, and what speaks against it."""
    of_chains = [finding for chain in chains for finding in chain.findings]
    signs = _write_signs(dict.fromkeys((*answer.findings, *of_chains)))
    return (*describe_holder(answer.holder, frame), *signs)


def describe_holder(holder: HolderState, frame: Frame) -> tuple[str, ...]:
    """Return who holds a post on the day, in short lines."""
    if not holder.is_post:
        return ()
    if holder.persons:
        names = ", ".join(map(frame.label, holder.persons))
        words = gettext("acting: %(names)s") if holder.acting else gettext("held by %(names)s")
        return (words % {"names": names},)
    return (gettext("vacant") if holder.vacant else gettext("holder not stated"),)


def _write_signs(findings: Iterable[Finding]) -> list[str]:
    return [f"{_SIGNS[each.verdict]} {write_rule(each.rule)}" for each in findings]


def _box(thing: Iri | None, details: Iterable[str], frame: Frame, kind: str = "") -> Box:
    if thing is None:
        return Box(gettext("not stated"), tuple(details), kind=kind)
    language = frame.language(thing)
    return Box(
        frame.label(thing), tuple(details), frame.address(thing), kind, language, thing.value
    )
