"""The command line: `styrgraf serve | load | validate | query | export`.

Law of the room: words and exit codes; what is done is done on lower floors.
"""

from styrgraf.cli.commands import main

__all__ = ["main"]
