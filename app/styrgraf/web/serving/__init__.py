"""The server: connections, the bridge to Flask, web processes, kept answers, logs and metrics.

Law of the room: HTTP as such; nothing here knows what a page or a query is about.
"""
