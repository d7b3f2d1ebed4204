"""The domain: who may decide, decisions, organisation, goals.

Law of the room: no HTTP, no store internals; a reader is passed in, plain values come out.
"""
