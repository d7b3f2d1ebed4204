"""The whole delegation order of a day as a document: its sections, and the delegations in them.

No HTTP. What is in force, and by which chain, the authority engine says.
"""
