"""Queries in processes that can be killed: who runs next, where, within which limits.

Law of the room: what is asked is hostile, and what is answered is bytes.
"""
