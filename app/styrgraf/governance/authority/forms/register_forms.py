"""The health register in sentences, as JSON and as rows for CSV. No IO here."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from styrgraf.governance.authority.forms.health_texts import HEALTH_TEXTS, OTHER
from styrgraf.governance.authority.forms.json_form import Json
from styrgraf.governance.authority.forms.representation import Names, write_names
from styrgraf.governance.authority.forms.sentences import Words
from styrgraf.governance.authority.reasoning.register import (
    Register,
    RegisterLine,
    group_lines,
    name_code,
)
from styrgraf.language import LANGUAGES, N_, translate
from styrgraf.model import Iri

COLUMNS = (
    "code",
    "explanation",
    "rules",
    "thing",
    "thing_name",
    "other",
    "other_name",
    "day",
    "by_engine",
    "shapes",
    "severity",
)


def tell_register(register: Register, words: Words) -> tuple[str, ...]:
    """Return how much there is to look at, and that nothing of it is repaired by itself."""
    day, number = words.day(register.on), len(register.lines)
    if not number:
        first = words.say(N_("On {day}, nothing odd is found among the delegations."), day=day)
    elif number == 1:
        first = words.say(N_("On {day}, there is one thing to look at."), day=day)
    else:
        kinds = sum(1 for _ in group_lines(register.lines))
        message = N_("On {day}, there are {number} things to look at, of {kinds} kinds.")
        first = words.say(message, day=day, number=number, kinds=kinds)
    return (
        first,
        words.say(
            N_(
                "Nothing of it is repaired by itself: what is odd is told, counts for nothing in "
                "answers where a rule fails, and is for those who decide to put right."
            )
        ),
    )


def explain_line(line: RegisterLine, language: str) -> str:
    """Return what a line says: the explanation of its code, else the message of its shape."""
    if line.code:
        return translate(HEALTH_TEXTS[line.code].explanation, language)
    return line.messages.get(language) or next(iter(line.messages.values()), "")


def write_register(register: Register, names: Names) -> Json:
    """Return the register as values of JSON; `names` by language are what things are called."""
    return {
        "answers": "health",
        "on": register.on.isoformat(),
        "days": register.days,
        "version": register.version,
        "lines": [_write_line(line) for line in register.lines],
        "codes": {
            code.value: {
                "heading": {each: translate(text.heading, each) for each in LANGUAGES},
                "explanation": {each: translate(text.explanation, each) for each in LANGUAGES},
                "sources": list(text.sources),
            }
            for code, text in HEALTH_TEXTS.items()
            if any(line.code is code for line in register.lines)
        },
        "names": write_names(names),
    }


def _write_line(line: RegisterLine) -> Json:
    return {
        "code": line.code.value if line.code else None,
        "thing": line.subject.value,
        "other": line.other.value if line.other else None,
        "day": line.day.isoformat() if line.day else None,
        "byEngine": line.by_engine,
        "shapes": [iri.value for iri in line.shapes],
        "messages": dict(line.messages),
        "severity": line.severity.name.lower(),
    }


def write_register_csv(register: Register, names: Names, language: str) -> str:
    """Return the register as CSV."""
    known = names.get(language, {})
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS, restval="")
    writer.writeheader()
    for line in register.lines:
        writer.writerow(_describe_line(line, known, language))
    return target.getvalue()


def _describe_line(line: RegisterLine, names: Mapping[Iri, str], language: str) -> dict[str, str]:
    text = HEALTH_TEXTS[line.code] if line.code else OTHER
    return {
        "code": name_code(line),
        "explanation": explain_line(line, language),
        "rules": "; ".join(text.sources),
        "thing": line.subject.value,
        "thing_name": names.get(line.subject, ""),
        "other": line.other.value if line.other else "",
        "other_name": names.get(line.other, "") if line.other else "",
        "day": line.day.isoformat() if line.day else "",
        "by_engine": "true" if line.by_engine else "false",
        "shapes": "; ".join(iri.value for iri in line.shapes),
        "severity": line.severity.name.lower(),
    }
