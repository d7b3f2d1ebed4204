"""Graphs that are made to measure on."""
