"""The table of hostile requests in the docs is that of the battery, with allowed answers."""

from __future__ import annotations

from tests.hostile.battery import BATTERY
from tests.hostile.table import PAGE, name_in_table, read_page


def test_the_table_in_the_docs_is_that_of_the_battery() -> None:
    written = list(read_page(PAGE.read_text()))
    assert [name for name, *_ in written] == [
        name_in_table(hostile)
        for family in dict.fromkeys(hostile.family for hostile in BATTERY)
        for hostile in BATTERY
        if hostile.family == family
    ]
    by_name = {name_in_table(hostile): hostile for hostile in BATTERY}
    for name, answer, allowed, seconds in written:
        statuses = set(map(str, by_name[name].statuses))
        assert answer in statuses, name
        assert set(allowed.split(", ")) == statuses
        assert seconds == by_name[name].seconds
