"""What authority brings to the query processes: the function `sg:mayDecide`, rehearsals, checks.

The store loads this module by its name, as a plug-in of its query processes. Most of them are
never asked for it, so the engine is imported by the first call.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from styrgraf.graph.functions import Function, Task
from styrgraf.graph.store import Reader
from styrgraf.model import Term
from styrgraf.namespaces import SG

MAY_DECIDE = SG + "mayDecide"


def open_functions(reader: Reader) -> Mapping[str, Function]:
    """Return the functions by IRI; the index is opened by the first call."""

    @cache
    def open_decide() -> Function:
        from styrgraf.governance.authority.calling import decide
        from styrgraf.governance.authority.opening import open_authority

        authority = open_authority(reader)
        return lambda arguments: decide(authority, arguments)

    def may_decide(arguments: tuple[Term, ...]) -> Term | None:
        return open_decide()(arguments)

    return {MAY_DECIDE: may_decide}


def find_task(name: str) -> Task:
    """Return the task of that name."""
    from styrgraf.governance.authority.forms.trial_forms import serialize_trial
    from styrgraf.governance.authority.reasoning import register, trials

    def try_out(reader: Reader, arguments: Mapping[str, str]) -> bytes:
        return serialize_trial(trials.try_out(reader, arguments))

    return {trials.TASK: try_out, register.TASK: register.run_check}[name]
