"""What all commands share: language, settings as options, translated help."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click

from styrgraf.assets import find_translations
from styrgraf.language import DEFAULT_LANGUAGE, LANGUAGES, N_, translate
from styrgraf.settings import Settings, read_settings

Command = TypeVar("Command", bound=Callable[..., Any])

SETTING_HELP: Mapping[str, str] = {
    "data_dir": N_("Folder of the store and its published versions."),
    "dataset": N_("Name of a shipped dataset, or a folder with a dataset.toml."),
    "source_dir": N_("Folder with the source documents, so that pages show their lines."),
    "bind_host": N_("Address to listen on."),
    "port": N_("Port to listen on; 0 takes a free one."),
    "public_url": N_("Address under which the service is reached from outside."),
    "trusted_hosts": N_("Host names to accept besides those of the public address; repeatable."),
    "trusted_proxies": N_("Number of reverse proxies in front whose headers are believed."),
    "query_workers": N_("Processes that answer queries."),
    "web_processes": N_("Processes that answer requests; 0: one per core, at most two."),
    "client_slots": N_("Queries that one client may have running at a time."),
    "client_queue": N_("Queries that one client may have waiting beside those."),
    "query_seconds": N_("Time limit of one query, in seconds."),
    "query_megabytes": N_("Memory limit of one query process, in MiB."),
    "query_rows": N_("Most solutions or triples in one answer."),
    "answer_megabytes": N_("Most MiB in one answer."),
    "queue_seconds": N_("How long a query waits for a free process, in seconds."),
    "lock_seconds": N_("How long a writer waits for another writer, in seconds."),
    "body_seconds": N_("Time to send the head of a request, and again its body, in seconds."),
    "access_log": N_("File for a JSON line per request; - is standard error; empty: none."),
    "slow_log": N_("File for a JSON line per slow query; - is standard error; empty: none."),
    "slow_seconds": N_("Queries that take longer than this are slow."),
    "cache_megabytes": N_("Most MiB of answers that a web process keeps; 0 keeps none."),
    "service_origins": N_("Origins that SERVICE may ask; repeatable. None: no SERVICE."),
    "service_seconds": N_("Time limit of one request that SERVICE makes, in seconds."),
    "service_megabytes": N_("Most MiB of one answer to SERVICE."),
    "memory_quads": N_("Versions of at most so many statements are held in memory; 0: none."),
    "default_graph": N_("Default graph of queries: union of all graphs, or unnamed."),
}

# click looks its own words up in the same catalogue; here they are marked for it.
CLICK_WORDS = (
    N_("Usage:"),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("[FILES]..."),
    N_("QUERY"),
    N_("MATTER"),
    N_("PARTY"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Invalid value: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    gettext.ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    gettext.ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    gettext.ngettext(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1
    ),
    N_("Option {name!r} does not take a value."),
    N_("default: {default}"),
)


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for by `--lang`, else by LC_ALL or LANG, else Swedish."""
    for index, argument in enumerate(arguments):
        named = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and index + 1 < len(arguments):
            named = arguments[index + 1]
        if named in LANGUAGES:
            return named
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value[:2] in LANGUAGES:
            return value[:2]
    return DEFAULT_LANGUAGE


def install_language(language: str) -> None:
    """Make the words of click itself speak `language`, from our own catalogue."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(find_translations()))


def current_language() -> str:
    """Return the language of the running command."""
    context = click.get_current_context(silent=True)
    told = context.find_root().obj if context else None
    return str(told or choose_language(sys.argv[1:], os.environ))


def say(message: str, **facts: object) -> str:
    """Return a message in the language of the running command."""
    return translate(message, current_language()).format(**facts)


class TranslatedOption(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line that the help shows."""
        english, self.help = self.help, say(self.help) if self.help else self.help
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


def _choose_language_of_command(
    context: click.Context, option: click.Parameter, language: str | None
) -> None:
    root = context.find_root()
    root.obj = language or root.obj or choose_language((), os.environ)


class TranslatedCommand(click.Command):
    """A command whose help is translated, followed by examples that can be pasted."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.params.append(
            TranslatedOption(
                ["--lang"],
                type=click.Choice(LANGUAGES),
                is_eager=True,
                expose_value=False,
                callback=_choose_language_of_command,
                help=N_("Language of messages; else that of LC_ALL or LANG, else Swedish."),
            )
        )

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, translated."""
        return say(self.help or "").partition("\n\n")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line, translated."""
        return [say(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, translated."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.help or ""))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section(say(N_("Examples"))):
                for example in self.examples:
                    formatter.write_text(example)


class TranslatedGroup(TranslatedCommand, click.Group):
    """The group of all commands."""


def setting_options(*names: str) -> Callable[[Command], Command]:
    """Offer settings as options; what is not given comes from the environment."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = _make_option(name)(command)
        return command

    return decorate


def _make_option(name: str) -> Callable[[Command], Command]:
    default = getattr(Settings(), name)
    is_path = isinstance(default, Path) or name == "source_dir"
    kind: Any = click.Path(path_type=Path) if is_path else type(default)
    many = isinstance(default, tuple)
    return click.option(
        "--" + name.replace("_", "-"),
        name,
        cls=TranslatedOption,
        type=str if many else kind,
        multiple=many,
        default=None,
        help=SETTING_HELP[name],
    )


def read_options(options: Mapping[str, Any]) -> Settings:
    """Return the settings that options give, the others from the environment."""
    return read_settings(**{name: value for name, value in options.items() if value != ()})


# Secrets come from the environment alone: everybody on the machine can read command lines.
ALL_SETTINGS = tuple(known.name for known in fields(Settings) if known.repr)
STORE_SETTINGS = ("data_dir", "dataset")
QUERY_SETTINGS = ("query_seconds", "query_megabytes", "query_rows", "answer_megabytes")
