"""The questions of questions.toml, how each door to the engine is asked them, and what is compared.

Every door answers in the same JSON, whose shape the schema tells; the API's answer is put into it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.forms.json_form import VERDICTS, write_json
from styrgraf.governance.authority.forms.representation import (
    Answer,
    BreakDates,
    list_held,
    represent,
)
from styrgraf.governance.authority.intake.naming import parse_amount, parse_conditions
from styrgraf.governance.authority.reasoning.competence import judge_decision, read_decisions
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.graph.store import Reader
from styrgraf.model import Iri

Asked = Mapping[str, Any]
"""A question of the file."""
Json = dict[str, Any]

BASE = "https://w3id.org/styrgraf/example/id/"
QUESTIONS: tuple[Asked, ...] = tuple(
    tomllib.loads((Path(__file__).parent / "questions.toml").read_text())["question"]
)


_ANSWERS = (
    *("verdict", "rules", "chain", "chains", "window_from", "window_to", "limit"),
    *("limit_excluded", "certainty", "holder", "acting", "substitute", "who", "not_told"),
    *("delegations", "not_told_delegations", "given_on", "dates"),
)


def ask_api(reader: Reader, authority: Authority, asked: Asked) -> Json:
    """Ask the engine itself."""
    return write_json(represent(reader, _find_answer(authority, asked)))


def _find_answer(authority: Authority, asked: Asked) -> Answer:
    party = _iri(asked["party"]) if "party" in asked else None
    if asked["kind"] == "mine" and party:
        return list_held(authority, party, asked["on"])
    question = Question(
        matter=_iri(asked["matter"]),
        on=asked.get("on", date.min),
        unit=_iri(asked["unit"]) if "unit" in asked else None,
        amount=parse_amount(asked["amount"], asked["currency"]) if "amount" in asked else None,
        kind=Kind.SIGN if asked.get("right") == "sign" else Kind.DECIDE,
        conditions_met=parse_conditions(asked.get("conditions", "")),
    )
    if asked["kind"] == "who":
        return authority.who(question)
    if party:
        return authority.may(party, question)
    return BreakDates(question, authority.break_dates(question), authority.version)


def ask_of_decision(reader: Reader, authority: Authority, asked: Asked) -> Json:
    """Ask the engine whether a decision had support, in the form of whether its decider might."""
    (decision,) = (each for each in read_decisions(reader) if each.iri == _iri(asked["decision"]))
    judged = judge_decision(authority, decision)
    if not judged.answers:
        return {"verdict": VERDICTS[judged.verdict], "findings": [], "parties": []}
    (answer,) = judged.answers
    return write_json(represent(reader, answer))


def write_command(asked: Asked) -> list[str]:
    """Return the arguments of the command that asks the question."""
    kind = asked["kind"]
    words = {
        "who": ["who", asked.get("matter", "")],
        "breaks": ["breaks", asked.get("matter", "")],
        "mine": ["delegations", asked.get("party", "")],
        "why-not": ["why-not", asked.get("party", ""), asked.get("matter", "")],
        "may": ["who", asked.get("matter", ""), "--post", asked.get("party", "")],
    }[kind]
    for option, name in (("--on", "on"), ("--unit", "unit"), ("--kind", "right")):
        words += [option, str(asked[name])] if name in asked else []
    for name in ("amount", "currency", "conditions"):
        words += [f"--{name}", asked[name]] if name in asked else []
    return [*words, "--format", "json"]


def write_request(asked: Asked) -> tuple[str, dict[str, str]]:
    """Return the path and the parameters of the request that asks the question."""
    paths = {"who": "/authority", "breaks": "/authority", "mine": "/authority/party"}
    names = ("matter", "party", "on", "unit", "amount", "currency", "conditions")
    parameters = {name: str(asked[name]) for name in names if name in asked}
    if "right" in asked:
        parameters["kind"] = asked["right"]
    return paths.get(asked["kind"], "/authority/may"), parameters | {"format": "json"}


def find_differences(asked: Asked, answer: Json) -> dict[str, tuple[object, object]]:
    """Return where an answer is not the one written by hand: (by hand, told), by key."""
    told = {"who": _read_who, "breaks": _read_breaks, "mine": _read_mine}.get(
        asked["kind"], _read_may
    )(asked, answer)
    expected = {name: _order(asked[name]) for name in _ANSWERS if name in asked}
    if "window_from" in asked:
        expected.setdefault("window_to", None)
    return {
        name: (value, told.get(name)) for name, value in expected.items() if told.get(name) != value
    }


def _read_who(asked: Asked, answer: Json) -> Json:
    parties: dict[str, list[str]] = {"yes": [], "not-told": [], "no": []}
    for party in answer["parties"]:
        if not _shorten(party["party"]).startswith("role/"):
            parties[party["verdict"]].append(_shorten(party["party"]))
    return {"who": sorted(parties["yes"]), "not_told": sorted(parties["not-told"])}


def _read_breaks(asked: Asked, answer: Json) -> Json:
    return {"dates": [date.fromisoformat(day) for day in answer.get("days", answer.get("breaks"))]}


def _read_mine(asked: Asked, answer: Json) -> Json:
    rights = [each for each in answer["delegations"] if "/delegation/" in each["delegation"]]
    sure = {each["delegation"] for each in rights if each["answer"]["verdict"] == "yes"}
    untold = {each["delegation"] for each in rights} - sure
    given = {iri for each in rights if each["delegation"] in sure for iri in each["givenOn"]}
    return {
        "delegations": _slugs(sure),
        "not_told_delegations": _slugs(untold),
        "given_on": _slugs(given),
    }


def _read_may(asked: Asked, answer: Json) -> Json:
    told: Json = {"verdict": answer["verdict"]}
    ways = [
        (party, chain)
        for party in answer["parties"]
        if party["verdict"] == answer["verdict"]
        for chain in party["chains"]
    ]
    parties = [party for party in answer["parties"] if party["verdict"] == answer["verdict"]]
    meant = [way for way in ways if asked.get("chain", _name_chain(way[1])) == _name_chain(way[1])]
    party, chain = next(iter(meant), (parties[0] if parties else None, None))
    told["rules"] = _list_rules(answer, party, chain)
    told["chain"] = sorted(_name_chain(chain)) if chain else None
    told |= _read_party(party) if party else {}
    return told | (_read_chain(chain) if chain else {})


def _list_rules(answer: Json, party: Json | None, chain: Json | None) -> list[str]:
    findings = [*answer["findings"], *(party["findings"] if party else ())]
    if chain:
        findings += chain["findings"]
        findings += [finding for link in chain["links"] for finding in link["findings"]]
    return sorted({each["rule"] for each in findings if each["verdict"] == answer["verdict"]})


def _read_party(party: Json) -> Json:
    holder = party["holder"] or {"persons": [], "state": "", "substitutes": []}
    persons = [_shorten(person) for person in holder["persons"]]
    return {
        "chains": party["chainCount"],
        "holder": persons[0] if len(persons) == 1 else persons or holder["state"],
        "acting": holder["state"] == "acting",
        "substitute": sorted(_shorten(each["post"]) for each in holder["substitutes"]),
    }


def _read_chain(chain: Json) -> Json:
    period = chain["period"] or {"from": None, "before": None}
    limit = chain["limits"][0] if chain["limits"] else {"value": "", "currency": "", "excluded": 0}
    return {
        "window_from": _day(period["from"]),
        "window_to": _day(period["before"]),
        "limit": f"{limit['value'].removesuffix('.00')} {limit['currency']}",
        "limit_excluded": limit["excluded"],
        "certainty": chain["certainty"],
    }


def _name_chain(chain: Json) -> list[str]:
    return [
        _shorten(link["delegation"]).partition("/")[2]
        for link in chain["links"]
        if link["delegation"]
    ]


def _order(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value


def _slugs(iris: Iterable[str]) -> list[str]:
    return sorted(_shorten(iri).partition("/")[2] for iri in iris)


def _shorten(iri: str) -> str:
    return iri.removeprefix(BASE)


def _iri(text: str) -> Iri:
    return Iri(BASE + text)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
