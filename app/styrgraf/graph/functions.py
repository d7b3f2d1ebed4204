"""SPARQL functions of higher floors (SPARQL 1.1, section 17.6), and the plug-ins that bring them.

A plug-in is a module named to the query processes; this floor imports it by that name only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast

import pyoxigraph as ox

from styrgraf.graph.store import Reader
from styrgraf.graph.terms import EngineTerm, to_engine, to_term
from styrgraf.model import Term

Function = Callable[[tuple[Term, ...]], Term | None]
"""Takes the arguments, whatever they are; None: no value, an error as SPARQL has it."""

Task = Callable[[Reader, Mapping[str, str]], bytes]
"""Work on one version that takes long enough to be stopped."""

EngineFunction = Callable[..., EngineTerm | None]


class PlugIn(Protocol):
    """What a plug-in module offers."""

    def find_task(self, name: str) -> Task:
        """Return the task of that name."""

    def open_functions(self, reader: Reader) -> Mapping[str, Function]:
        """Return the functions by IRI, on the version of `reader`; nothing is opened yet."""


def load_plug_in(name: str) -> PlugIn:
    """Import the plug-in module of that name."""
    return cast(PlugIn, import_module(name))


class FunctionCalls:
    """The functions of a reader in the engine's form, for one query at a time.

    The engine takes whatever they raise for no value, so it is kept, and raised afterwards.
    """

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._failure: Exception | None = None
        self.engine_functions: dict[ox.NamedNode, EngineFunction] = {
            ox.NamedNode(iri): self._wrap(function) for iri, function in functions.items()
        }

    def forget_failure(self) -> None:
        """Begin a query."""
        self._failure = None

    def raise_failure(self) -> None:
        """Raise the first error that a function has raised, if any has."""
        if self._failure is not None:
            raise self._failure

    def _wrap(self, function: Function) -> EngineFunction:
        def call(*arguments: EngineTerm) -> EngineTerm | None:
            if any(isinstance(argument, ox.Triple) for argument in arguments):
                return None
            try:
                value = function(tuple(to_term(argument) for argument in arguments))
            except Exception as error:
                self._failure = self._failure or error
                raise
            return None if value is None else to_engine(value)

        return call
