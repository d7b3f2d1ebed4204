"""A trial as JSON, in both directions, and as rows for CSV. No IO here.

The JSON is what a query process sends, and what the service answers with, sentences added.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from styrgraf.governance.authority.answers import Period
from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.forms.json_form import (
    VERDICTS,
    Json,
    write_decimal,
    write_limit,
    write_period,
)
from styrgraf.governance.authority.forms.representation import write_names
from styrgraf.governance.authority.forms.trial_sentences import make_trial_words, tell_trial
from styrgraf.governance.authority.reasoning.rehearsal import (
    AuthorityChange,
    DecisionChange,
    Effect,
    Extent,
    Rehearsal,
)
from styrgraf.governance.authority.reasoning.trials import GoalAtStake, Trial
from styrgraf.language import LANGUAGES
from styrgraf.model import Iri

COLUMNS = (
    "what",
    "thing",
    "thing_name",
    "matter",
    "matter_name",
    "kind",
    "from",
    "before",
    "verdict_now",
    "limit_now",
    "currency_now",
    "limit_excluded_now",
    "verdict_then",
    "limit_then",
    "currency_then",
    "limit_excluded_then",
    "decision",
)
"""`what`: an effect on the authority of `thing`, or fallen-delegation, decision, goal."""

_VERDICTS = {word: verdict for verdict, word in VERDICTS.items()}

Row = dict[str, str]


def write_trial(trial: Trial) -> Json:
    """Return a trial as values of JSON."""
    rehearsal = trial.rehearsal
    return {
        "answers": "rehearsal",
        "on": rehearsal.on.isoformat(),
        "kind": trial.kind,
        "thing": trial.thing.value if trial.thing else None,
        "version": trial.version,
        "authority": [_write_change(change) for change in rehearsal.authority],
        "fallenDelegations": [iri.value for iri in rehearsal.fallen],
        "decisions": [
            {
                "decision": each.decision.value,
                "now": VERDICTS[each.before],
                "then": VERDICTS[each.after],
            }
            for each in rehearsal.decisions
        ],
        "goals": [
            {"goal": each.goal.value, "decision": each.decision.value} for each in trial.goals
        ],
        "touched": [iri.value for iri in trial.touched],
        "drafted": sorted(iri.value for iri in trial.drafted),
        "names": write_names(trial.names),
    }


def write_told_trial(trial: Trial) -> Json:
    """Return a trial as values of JSON, with its sentences in both languages."""
    told = {
        language: list(tell_trial(trial, make_trial_words(trial, language)))
        for language in LANGUAGES
    }
    return {**write_trial(trial), "sentences": told}


def serialize_trial(trial: Trial) -> bytes:
    """Return a trial as a query process sends it."""
    return json.dumps(write_trial(trial), ensure_ascii=False).encode()


def parse_trial(content: bytes) -> Trial:
    """Return the trial that a query process has sent."""
    value = json.loads(content)
    rehearsal = Rehearsal(
        on=date.fromisoformat(value["on"]),
        authority=tuple(_parse_change(each) for each in value["authority"]),
        fallen=tuple(Iri(iri) for iri in value["fallenDelegations"]),
        decisions=tuple(
            DecisionChange(Iri(each["decision"]), _VERDICTS[each["now"]], _VERDICTS[each["then"]])
            for each in value["decisions"]
        ),
    )
    return Trial(
        kind=value["kind"],
        thing=Iri(value["thing"]) if value["thing"] else None,
        rehearsal=rehearsal,
        goals=tuple(
            GoalAtStake(Iri(each["goal"]), Iri(each["decision"])) for each in value["goals"]
        ),
        touched=tuple(Iri(iri) for iri in value["touched"]),
        drafted=frozenset(Iri(iri) for iri in value["drafted"]),
        names={
            language: {
                Iri(iri): names[language]
                for iri, names in value["names"].items()
                if language in names
            }
            for language in LANGUAGES
        },
        version=value["version"],
    )


def _write_change(change: AuthorityChange) -> Json:
    return {
        "effect": change.effect.value,
        "party": change.party.value,
        "matter": change.matter.value,
        "kind": change.kind.name.lower(),
        "period": write_period(change.period),
        "now": _write_extent(change.before),
        "then": _write_extent(change.after),
    }


def _write_extent(extent: Extent) -> Json:
    limit = write_limit(extent.limit) if extent.limit else None
    return {"verdict": VERDICTS[extent.verdict], "limit": limit}


def _parse_change(value: Json) -> AuthorityChange:
    period = value["period"]
    return AuthorityChange(
        effect=Effect(value["effect"]),
        party=Iri(value["party"]),
        matter=Iri(value["matter"]),
        kind=Kind[value["kind"].upper()],
        period=Period(_parse_day(period["from"]), _parse_day(period["before"])),
        before=_parse_extent(value["now"]),
        after=_parse_extent(value["then"]),
    )


def _parse_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _parse_extent(value: Json) -> Extent:
    told: dict[str, Any] | None = value["limit"]
    limit = None
    if told:
        hundredths = int(Decimal(told["value"]) * 100)
        limit = Limit(hundredths, told["currency"], told["excluded"])
    return Extent(_VERDICTS[value["verdict"]], limit)


def group_effects(trial: Trial) -> Iterator[tuple[Effect, tuple[AuthorityChange, ...]]]:
    """Yield what each effect is on, in the order of Effect, without those of nothing."""
    for effect in Effect:
        found = tuple(each for each in trial.rehearsal.authority if each.effect is effect)
        if found:
            yield effect, found


def write_trial_csv(trial: Trial, language: str) -> str:
    """Return a trial as CSV; with no change, the header alone."""
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(_list_rows(trial, language))
    return target.getvalue()


def _list_rows(trial: Trial, language: str) -> Iterator[Row]:
    names = trial.names.get(language, {})

    def name(column: str, iri: Iri) -> Row:
        return {column: iri.value, f"{column}_name": names.get(iri, "")}

    for change in trial.rehearsal.authority:
        start, end = change.period.start, change.period.end
        yield {
            "what": change.effect.value,
            **name("thing", change.party),
            **name("matter", change.matter),
            "kind": change.kind.name.lower(),
            "from": start.isoformat() if start else "",
            "before": end.isoformat() if end else "",
            **_describe_extent("now", change.before),
            **_describe_extent("then", change.after),
        }
    for delegation in trial.rehearsal.fallen:
        yield {"what": "fallen-delegation", **name("thing", delegation)}
    for each in trial.rehearsal.decisions:
        verdicts = {"verdict_now": VERDICTS[each.before], "verdict_then": VERDICTS[each.after]}
        yield {"what": "decision", **name("thing", each.decision), **verdicts}
    for stake in trial.goals:
        yield {"what": "goal", **name("thing", stake.goal), "decision": stake.decision.value}


def _describe_extent(when: str, extent: Extent) -> Row:
    limit = extent.limit
    return {
        f"verdict_{when}": VERDICTS[extent.verdict],
        f"limit_{when}": write_decimal(limit.hundredths) if limit else "",
        f"currency_{when}": limit.currency if limit else "",
        f"limit_excluded_{when}": ("true" if limit.excluded else "false") if limit else "",
    }
