"""`python -m styrgraf` is the command line."""

from styrgraf.cli import main

main()
