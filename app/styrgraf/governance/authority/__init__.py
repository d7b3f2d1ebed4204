"""Authority over time: who may decide a matter on a day, by which chains, and if not, why not.

Law of the room: no HTTP and no store internals. Facts are read once per version with plain SELECTs
(`intake`) and compiled into one immutable index (`indexing`), from which all answers come
(`reasoning`), to be shown with their evidence (`forms`). The rules stand in docs/authority.md.
"""
