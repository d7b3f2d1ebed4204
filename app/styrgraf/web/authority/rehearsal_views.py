"""Rehearsals as pages show them: one table for each effect, cut to a readable length."""

from __future__ import annotations

from dataclasses import dataclass, replace

from styrgraf.governance.authority.forms.trial_forms import group_effects
from styrgraf.governance.authority.forms.trial_sentences import EFFECT_WORDS, tell_trial
from styrgraf.governance.authority.reasoning.rehearsal import AuthorityChange, Effect
from styrgraf.governance.authority.reasoning.trials import Trial
from styrgraf.model import Iri
from styrgraf.web.authority.authority_words import choose_words
from styrgraf.web.languages import current_language
from styrgraf.web.pages import Frame, collect_iris

MOST_ROWS = 200
"""So many rows of each table are shown; the data have all."""


@dataclass(frozen=True, slots=True)
class EffectTable:
    """What one effect is on: the rows that the page shows, and how many there are."""

    effect: Effect
    words: str
    rows: tuple[AuthorityChange, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TrialView:
    """What the page shows of a trial beside its lists."""

    frame: Frame
    sentences: tuple[str, ...]
    tables: tuple[EffectTable, ...]
    names: dict[Iri, str]
    """The names of what the draft alone speaks of; nothing leads to these."""


def lay_out_trial(trial: Trial) -> TrialView:
    """Return what the page of a trial shows."""
    shown = replace(trial, touched=(), names={})
    frame = Frame(iri.value for iri in collect_iris(shown))
    known = trial.names[current_language()]
    names = {iri: known.get(iri, iri.value.rsplit("/", 1)[-1]) for iri in trial.drafted}
    plain = choose_words(frame)
    words = replace(plain, name=lambda iri: names.get(iri) or frame.label(iri))
    tables = tuple(
        EffectTable(effect, EFFECT_WORDS[effect], found[:MOST_ROWS], len(found))
        for effect, found in group_effects(trial)
    )
    return TrialView(frame, tell_trial(trial, words), tables, names)
