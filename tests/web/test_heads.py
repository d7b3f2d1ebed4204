"""Header fields as they are sent, and nothing that would begin another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.web.serving.heads import write_head

NAMES = st.from_regex(rb"[a-z][a-z-]{0,20}", fullmatch=True)
VALUES = st.binary(max_size=40).filter(
    lambda value: not any(byte < 32 or byte == 127 for byte in value)
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_each_field_is_a_line_and_none_is_lost(headers):
    lines = write_head(headers).split(b"\r\n")
    assert lines.pop() == b""
    assert sorted(lines) == sorted(name + b": " + value for name, value in headers)
    # Fields of one name keep their order (RFC 9110, section 5.3).
    for name in {name for name, _ in headers}:
        wanted = [n + b": " + value for n, value in headers if n == name]
        assert [line for line in lines if line.startswith(name + b": ")] == wanted


@pytest.mark.parametrize(
    "header",
    [
        (b"x", b"a\r\nset-cookie: b"),
        (b"x", b"a\nb"),
        (b"etag", b'"a"\r\n\r\n<html>'),
        (b"x\r\ny", b"a"),
        (b"x y", b"a"),
        (b"", b"a"),
        (b"x", b"a\x00"),
    ],
)
def test_what_is_no_field_is_refused(header):
    with pytest.raises(ValueError, match="no header field"):
        write_head([header])
