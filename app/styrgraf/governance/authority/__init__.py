"""Authority over time: who may decide a matter on a day, by which chains, and if not, why not.

Law of the room: no HTTP and no store internals. Facts are read once per version with plain SELECTs
(`reading`), compiled into one immutable index (`compiling`, `index`), and all answers come from
that index (`engine`). The rules stand in docs/authority.md.
"""
