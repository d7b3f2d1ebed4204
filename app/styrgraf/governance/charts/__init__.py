"""Delegations as a net of parties: who gives to whom, as far as a reader wants to see at a time."""
