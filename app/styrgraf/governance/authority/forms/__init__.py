"""Answers as sentences, JSON, rows and RDF, with the evidence of each link.

Law of the room: nothing is decided here.
"""
