"""Rehearsals, the health register and the support of decisions as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text
from rich.tree import Tree

from styrgraf.cli.console import open_console
from styrgraf.cli.framework import say
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.forms.competence_forms import (
    MISSING_WORDS,
    SUPPORT_WORDS,
    list_grounds,
    tell_competence,
)
from styrgraf.governance.authority.forms.health_texts import HEALTH_TEXTS
from styrgraf.governance.authority.forms.register_forms import explain_line, tell_register
from styrgraf.governance.authority.forms.sentences import VERDICT_WORDS, Words
from styrgraf.governance.authority.forms.trial_forms import group_effects
from styrgraf.governance.authority.forms.trial_sentences import (
    EFFECT_WORDS,
    make_trial_words,
    tell_trial,
)
from styrgraf.governance.authority.forms.wording import write_period
from styrgraf.governance.authority.reasoning.competence import CompetenceAnswer
from styrgraf.governance.authority.reasoning.register import Register, RegisterLine, group_lines
from styrgraf.governance.authority.reasoning.rehearsal import AuthorityChange, Effect, Extent
from styrgraf.governance.authority.reasoning.trials import Trial
from styrgraf.governance.authority.rules import RULE_TEXTS
from styrgraf.language import N_

MOST_SHOWN = 50
"""So many of each list are written as text; the other formats have all."""

_STYLES = {Effect.LOST: "red", Effect.UNSURE: "yellow", Effect.GAINED: "green"}
_KIND_WORDS = {Kind.DECIDE: N_("decide"), Kind.SIGN: N_("sign")}


def print_trial(trial: Trial, language: str) -> None:
    """Print what a trial shows."""
    words = make_trial_words(trial, language)
    _print(tell_trial(trial, words), _list_trial(trial, words))


def _list_trial(trial: Trial, words: Words) -> Iterator[Tree]:
    for effect, changes in group_effects(trial):
        label = f"{words.say(EFFECT_WORDS[effect])} ({len(changes)})"
        told = (_write_change(change, words) for change in changes)
        yield _grow(Text(label, f"bold {_STYLES.get(effect, '')}"), told, len(changes))
    rehearsal = trial.rehearsal
    lists = (
        (N_("Delegations that fall"), [words.name(each) for each in rehearsal.fallen]),
        (
            N_("Later decisions whose support changes"),
            [
                f"{words.name(each.decision)}: {words.say(VERDICT_WORDS[each.before])} → "
                f"{words.say(VERDICT_WORDS[each.after])}"
                for each in rehearsal.decisions
            ],
        ),
        (
            N_("Goals that hang on these decisions"),
            [f"{words.name(each.goal)} ({words.name(each.decision)})" for each in trial.goals],
        ),
    )
    for heading, lines in lists:
        if lines:
            yield _grow(Text(f"{say(heading)} ({len(lines)})", "bold"), lines, len(lines))


def _write_change(change: AuthorityChange, words: Words) -> str:
    return (
        f"{words.name(change.party)} – {words.name(change.matter)} "
        f"({words.say(_KIND_WORDS[change.kind])}), {write_period(change.period, words)}: "
        f"{_write_extent(change.before, words)} → {_write_extent(change.after, words)}"
    )


def _write_extent(extent: Extent, words: Words) -> str:
    told = words.say(VERDICT_WORDS[extent.verdict])
    return f"{told}, {words.limit(extent.limit)}" if extent.limit else told


def print_register(register: Register, words: Words) -> None:
    """Print the health register."""
    _print(tell_register(register, words), _list_register(register, words))


def _list_register(register: Register, words: Words) -> Iterator[Tree]:
    for name, lines in group_lines(register.lines):
        text = HEALTH_TEXTS[lines[0].code] if lines[0].code else None
        heading = words.say(text.heading) if text else explain_line(lines[0], words.language)
        codes = ", ".join((name, *(text.sources if text else ())))
        label = Text(f"{heading} [{codes}] ({len(lines)})", "bold")
        yield _grow(label, (_write_line(line, words) for line in lines), len(lines))


def _write_line(line: RegisterLine, words: Words) -> str:
    told = words.name(line.subject)
    if line.other:
        told += f" – {words.name(line.other)}"
    if line.day:
        told += f" – {words.say(N_('before {end}'), end=words.day(line.day))}"
    return told


def print_competence(found: Iterable[CompetenceAnswer], words: Words) -> None:
    """Print the support of decisions in delegation."""
    answers = tuple(found)
    lines = [_write_answer(each, words) for each in answers]
    console = open_console()
    for sentence in (*tell_competence(answers, words), "", *lines):
        console.print(Text(sentence), soft_wrap=True)


def _write_answer(found: CompetenceAnswer, words: Words) -> str:
    decision = found.decision
    day = words.day(decision.day) if decision.day else "–"
    rules = [rule for answer in found.answers for rule in list_grounds(answer)]
    grounds = [words.say(MISSING_WORDS[name]) for name in decision.missing]
    grounds += [words.say(RULE_TEXTS[rule].sentence) for rule in dict.fromkeys(rules)]
    because = f" ({'; '.join(grounds)})" if grounds else ""
    return f"{day} {words.name(decision.iri)}: {words.say(SUPPORT_WORDS[found.verdict])}{because}"


def _grow(label: Text, lines: Iterable[str], total: int) -> Tree:
    tree = Tree(label, guide_style="dim")
    for number, line in enumerate(lines):
        if number == MOST_SHOWN:
            message = N_("{number} more; --format json has all.")
            tree.add(Text(say(message, number=total - MOST_SHOWN)))
            break
        tree.add(Text(line))
    return tree


def _print(sentences: Iterable[str], trees: Iterable[Tree]) -> None:
    console = open_console()
    for sentence in sentences:
        console.print(Text(sentence), soft_wrap=True)
    for tree in trees:
        console.print()
        console.print(tree, soft_wrap=True)
