"""The template that query processes are forked from, and the next, which holds a newer version.

Memory is for speed, never the truth: until a template holds the version that is current, and
wherever it does not, query processes open the checkpoint. What an old template has forked ends
its answer first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from styrgraf.errors import StoreUnusableError
from styrgraf.graph.isolation.processes import QueryProcess, Template

_WAIT_SECONDS = 0.2


class Templates:
    """The current template; threads may share it.

    `make` makes a template that holds a version, or none. `replaced` is called when another has
    become the current one, and `is_used` tells whether a query still runs on an old one.
    """

    def __init__(
        self,
        make: Callable[[Mapping[str, Any] | None], Template],
        replaced: Callable[[], None],
        is_used: Callable[[Template], bool],
    ) -> None:
        self._make = make
        self._replaced = replaced
        self._is_used = is_used
        self._change = threading.Condition()
        self._current = make(None)
        self._coming: Template | None = None
        self._old: list[Template] = []
        self._wanted: Mapping[str, Any] | None = None
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the first template, without waiting for it."""
        self._current.start()

    def fork(self) -> QueryProcess:
        """Return a new query process. Raises StoreUnusableError where there can be none."""
        template = self._current
        try:
            return template.fork()
        except StoreUnusableError:
            if not self._fall_back(template):
                raise
        return self._current.fork()

    def is_current(self, process: QueryProcess) -> bool:
        """Tell whether a process was forked from the current template."""
        return process.template is self._current

    def is_holding(self, version: Mapping[str, Any] | None) -> bool:
        """Tell whether the current template holds a version in memory."""
        return version is not None and self._current.held == version

    def hold(self, version: Mapping[str, Any]) -> None:
        """Have a version held in memory soon: a template that does is made beside this one."""
        with self._change:
            self._wanted = version
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._make_wanted, name="query-templates", daemon=True
                )
                self._thread.start()
            self._change.notify()

    def protections(self) -> Mapping[str, bool]:
        """Return by name what holds the query processes, and whether the system allows it."""
        return self._current.protections()

    def close(self) -> None:
        """End all templates and what they have forked."""
        with self._change:
            self._is_closed = True
            self._change.notify()
        while self._thread is not None and self._thread.is_alive():
            if self._coming is not None:
                self._coming.kill()
            self._thread.join(_WAIT_SECONDS)
        for template in (*self._old, self._current):
            template.kill()
            template.close()

    def _make_wanted(self) -> None:
        while (version := self._await_wanted()) is not None:
            self._coming = self._make(version)
            if self._coming.protections():
                self._switch(self._coming)
            else:
                self._coming.close()
            self._coming = None

    def _await_wanted(self) -> Mapping[str, Any] | None:
        with self._change:
            while self._wanted is None and not self._is_closed:
                self._change.wait(_WAIT_SECONDS if self._old else None)
                self._end_old()
            version, self._wanted = self._wanted, None
            return None if self._is_closed else version

    def _switch(self, template: Template) -> None:
        with self._change:
            if self._is_closed:
                template.close()
                return
            self._old.append(self._current)
            self._current = template
        self._replaced()

    def _end_old(self) -> None:
        for template in [old for old in self._old if not self._is_used(old)]:
            self._old.remove(template)
            template.close()

    def _fall_back(self, template: Template) -> bool:
        """Let a template take over that holds nothing; it is there at once."""
        with self._change:
            if self._is_closed or (self._current is template and template.held is None):
                return False
            if self._current is template:
                self._current = self._make(None)
                self._wanted = template.held
                self._change.notify()
        with suppress(StoreUnusableError):
            template.close()
        return True
