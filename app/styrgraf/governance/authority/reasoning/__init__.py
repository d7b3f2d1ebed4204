"""The answers: chains and their checks, holders, break days, rehearsals, what is odd.

Law of the room: everything comes from an index and a question; today is never asked for.
"""
