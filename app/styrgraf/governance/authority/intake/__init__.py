"""What comes in: facts read from the graph, and names, days and amounts as users write them.

Law of the room: a reader is passed in; what is odd is never used as certain.
"""
