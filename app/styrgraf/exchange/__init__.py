"""The world outside: drawings, tables, catalogues.

Law of the room: plain values in, text or bytes out. No HTTP.
"""
