"""Every kind of page there is, each in the states that look different."""

from __future__ import annotations

PAGES = {
    "start": "/",
    "decisions": "/decisions",
    "organisation": "/organisation",
    "delegations": "/delegations",
    "orders": "/orders",
    "orders on a day of change": "/orders?on=2022-07-01",
    "orders on a day without a change": "/orders?on=2018-01-31",
    "bad day": "/orders?on=2022-02-30",
    "goals": "/goals",
    "gaps": "/gaps",
    "decision": "/id/decision/2022-06-14-programdirektiv",
    "delegation": "/id/delegation/rektor-universitetsdirektor",
    "source document": "/id/document/000",
    "lines of a document": "/id/locator/000-78-79",
    "gap": "/id/gap/delegationens-beslut",
    "vocabulary": "/ns",
    "graphs": "/graphs",
    "graph": "/graph/interpretation",
    "query form": "/sparql",
    "answer of a query": "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+a+%3Fo+%7D+LIMIT+20",
    "questions": "/questions",
    "question": "/questions/sub-delegation-recipients",
    "question with a choice": "/questions/support-area-codes",
    "validation": "/validation",
    "nothing there": "/no-such-page",
    "nothing known": "/id/decision/no-such-decision",
}
