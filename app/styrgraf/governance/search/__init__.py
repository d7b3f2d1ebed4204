"""Search: what is looked for by name, number or question, and what is found.

No HTTP; a reader or an opened file is passed in.
"""
