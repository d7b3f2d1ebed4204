"""What can go wrong, as one tree. Errors carry facts and advice; they know no status code.

StyrgrafError
├── UsageError                 what the caller asked for cannot be
│   ├── SettingError           a setting is missing or impossible
│   ├── UnknownNameError       no query, graph or resource of that name
│   ├── ParameterError         a parameter is missing, unknown or malformed
│   │   └── ParametersError    several of them; carries an error for each
│   ├── QuerySyntaxError       a SPARQL text does not parse (line, column)
│   └── UnofferedQueryError    a SPARQL text parses, and asks for what the store does not offer
├── RefusedError               understood, and not allowed
│   ├── ReadOnlyError          an update where only reading is possible
│   └── OutgoingRequestError   SERVICE or LOAD would reach the network
├── DataError                  incoming data cannot be taken
│   ├── SyntaxInFileError      a file does not parse (file, line, reason)
│   ├── UnacceptableDataError  it parses, and breaks a limit or a rule of the store
│   └── NonConformingError     the graph as it would become breaks the shapes
├── LimitError                 a limit was reached
│   ├── QueryTimeoutError      the query ran longer than it may
│   ├── QueryMemoryError       the query's process was ended: memory or stack
│   ├── AnswerTooLargeError    more rows or bytes than may be answered
│   ├── QueryStoppedError      the client or an administrator has stopped the query
│   └── BusyError              all query processes are taken
│       └── TooManyQueriesError    the client has too many queries, or too long ones
├── RemoteServiceError         another server did not answer a SERVICE as it should
└── StoreError                 the store cannot be used
    ├── StoreLockedError       another process is writing
    ├── StoreMissingError      nothing has been published in the data directory
    ├── StoreUnusableError     the data directory cannot be read or written
    └── WrongDatasetError      the data directory holds another dataset
"""

from __future__ import annotations

from collections.abc import Sequence

from styrgraf.language import DEFAULT_LANGUAGE, Phrase, translate


class StyrgrafError(Exception):
    """Base of all errors that a user can be told about.

    `message` is an English sentence with `{named}` facts; it is the key of its translation.
    The sentence says what happened, where, and what to do.
    """

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message.format(**facts))
        self.message = message
        self.facts = facts

    def describe(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the sentence in `language`."""
        facts = {
            name: translate(fact, language) if isinstance(fact, Phrase) else fact
            for name, fact in self.facts.items()
        }
        return translate(self.message, language).format(**facts)


class UsageError(StyrgrafError):
    """What the caller asked for cannot be."""


class SettingError(UsageError):
    """A setting is missing or impossible."""


class UnknownNameError(UsageError):
    """No query, graph or resource of that name."""


class ParameterError(UsageError):
    """A parameter is missing, unknown or malformed."""


class ParametersError(ParameterError):
    """Several parameters are wrong; `faults` holds an error for each, with its `name` as a fact."""

    def __init__(
        self, message: str, faults: Sequence[ParameterError] = (), **facts: object
    ) -> None:
        super().__init__(message, **facts)
        self.faults = tuple(faults)

    def describe(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the sentences of all faults in `language`."""
        told = [fault.describe(language) for fault in self.faults]
        return " ".join(told) or super().describe(language)


class QuerySyntaxError(UsageError):
    """A SPARQL text does not parse; facts: `line` and `column` (from 1), `reason`."""


class UnofferedQueryError(UsageError):
    """A SPARQL text parses, and asks for what the store does not offer, such as a function."""


class RefusedError(StyrgrafError):
    """Understood, and not allowed."""


class ReadOnlyError(RefusedError):
    """An update where only reading is possible."""


class OutgoingRequestError(RefusedError):
    """SERVICE or LOAD would reach the network."""


class DataError(StyrgrafError):
    """Incoming data cannot be taken; nothing was written."""


class SyntaxInFileError(DataError):
    """A file does not parse; facts: `file`, `line`, `reason`."""


class UnacceptableDataError(DataError):
    """The data parses, and breaks a limit or a rule of the store."""


class NonConformingError(DataError):
    """The graph as it would become breaks the shapes; `report` holds the validation report."""

    def __init__(self, message: str, report: object, **facts: object) -> None:
        super().__init__(message, **facts)
        self.report = report


class LimitError(StyrgrafError):
    """A limit was reached."""


class QueryTimeoutError(LimitError):
    """The query ran longer than it may."""


class QueryMemoryError(LimitError):
    """The query's process was ended by its memory or stack limit."""


class AnswerTooLargeError(LimitError):
    """More rows or bytes than may be answered."""


class QueryStoppedError(LimitError):
    """The client has stopped the query or has left, or an administrator has stopped it."""


class BusyError(LimitError):
    """All query processes are taken; fact: `retry`, seconds after which to ask again."""


class TooManyQueriesError(BusyError):
    """The client has too many queries, or too long ones; fact: `retry`, in seconds."""


class RemoteServiceError(StyrgrafError):
    """Another server did not answer a SERVICE as it should."""


class StoreError(StyrgrafError):
    """The store cannot be used."""


class StoreLockedError(StoreError):
    """Another process is writing."""


class StoreMissingError(StoreError):
    """Nothing has been published in the data directory."""


class StoreUnusableError(StoreError):
    """The data directory cannot be read or written."""


class WrongDatasetError(StoreError):
    """The data directory holds another dataset."""
