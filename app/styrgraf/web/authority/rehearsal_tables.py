"""What a recall, repeal or vacancy would do, for spreadsheets: a row for each case."""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.authority.forms.trial_forms import group_effects
from styrgraf.governance.authority.forms.trial_sentences import EFFECT_WORDS
from styrgraf.governance.authority.reasoning.rehearsal import AuthorityChange, Extent
from styrgraf.governance.authority.reasoning.trials import Trial
from styrgraf.language import N_
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.authority_words import write_limit, write_verdict
from styrgraf.web.authority.order_rows import KIND_WORDS
from styrgraf.web.authority.rehearsal_views import lay_out_trial
from styrgraf.web.cells import find_last_day
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.sheets import Table

_HEADINGS = (
    *(N_("What would happen"), N_("Who or what"), N_("Matter"), N_("Kind of right")),
    *(N_("First day"), N_("Last day"), N_("As it is"), N_("Limit as it is")),
    *(N_("As it would be"), N_("Limit as it would be"), N_("By which decision"), N_("IRI")),
)


def tabulate_trial(trial: Trial) -> Table:
    """Return all that would change: authority, delegations, later decisions, goals."""
    view = lay_out_trial(trial)
    told = [
        ("" if number else gettext("Answer"), each) for number, each in enumerate(view.sentences)
    ]
    return Table(
        "-".join((gettext("rehearsal"), trial.rehearsal.on.isoformat())),
        gettext("What if?"),
        [gettext(each) for each in _HEADINGS],
        _list_rows(trial, view.frame),
        this_address(format="html"),
        [(gettext("Day"), trial.rehearsal.on), *told],
    )


def _list_rows(trial: Trial, frame: Frame) -> Iterator[Row]:
    for effect, changes in group_effects(trial):
        yield from (_write_change(gettext(EFFECT_WORDS[effect]), each, frame) for each in changes)
    for iri in trial.rehearsal.fallen:
        yield gettext("Delegation falls"), frame.label(iri), *(None,) * 9, iri.value
    for turned in trial.rehearsal.decisions:
        verdicts = write_verdict(turned.before), None, write_verdict(turned.after)
        about = gettext("Support of a later decision changes"), frame.label(turned.decision)
        yield *about, *(None,) * 4, *verdicts, *(None,) * 2, turned.decision.value
    for stake in trial.goals:
        about = gettext("Goal hangs on such a decision"), frame.label(stake.goal)
        yield *about, *(None,) * 8, frame.label(stake.decision), stake.goal.value


def _write_change(effect: str, change: AuthorityChange, frame: Frame) -> Row:
    return (
        effect,
        frame.label(change.party),
        frame.label(change.matter),
        gettext(KIND_WORDS[change.kind]),
        change.period.start,
        find_last_day(change.period.end),
        *_write_extent(change.before),
        *_write_extent(change.after),
        None,
        change.party.value,
    )


def _write_extent(extent: Extent) -> tuple[str, str | None]:
    """Return an answer and its limit; a yes without one says so."""
    limit = write_limit(extent.limit) if extent.limit else None
    return write_verdict(extent.verdict), limit or (
        gettext("no limit stated") if extent.verdict else None
    )
