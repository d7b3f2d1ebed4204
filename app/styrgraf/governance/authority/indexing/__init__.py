"""The index of a version: one immutable file that processes map, compiled from facts.

Law of the room: numbers only; equal facts give equal bytes. `fast` answers from what the compiler
has folded together, and gives None where the engine must be asked.
"""
