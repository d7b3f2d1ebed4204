"""Delegations as pages: the graph, paths between two parties, and the overview of all."""
