"""What differs between two days: what came, what went, what took the place of what.

No HTTP. Windows are half-open; what has no stated date takes no part in it.
"""
