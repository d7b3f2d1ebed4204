"""The decisions: a list that can be narrowed, its timeline, and how decisions hang together."""
