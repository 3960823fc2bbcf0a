import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.unpack import unpack, unpack_gzip


def deflate(body, window=15):
    packer = zlib.compressobj(wbits=window)
    return packer.compress(body) + packer.flush()


@given(
    st.binary(max_size=3000),
    st.sampled_from(["gzip", "x-gzip", "deflate", "raw", "gzip, gzip", "deflate, gzip"]),
)
def test_what_was_packed_is_unpacked(body, codings):
    packed = body
    for coding in codings.split(", "):
        packed = (
            gzip.compress(packed, mtime=0)
            if "gzip" in coding
            else deflate(packed, -15 if coding == "raw" else 15)
        )

    assert unpack(packed, codings.replace("raw", "deflate"), 10_000) == body


def test_members_of_gzip_follow_one_another():
    assert (
        unpack_gzip(gzip.compress(b"Rain ", mtime=0) + gzip.compress(b"fell.", mtime=0) + b"\0\0", 100)
        == b"Rain fell."
    )


@pytest.mark.parametrize(
    ("body", "codings", "told"),
    [
        (gzip.compress(bytes(200), mtime=0), "gzip", "larger than 0.0001 MB unpacked"),
        (bytes(200), None, "larger than 0.0001 MB unpacked"),
        (gzip.compress(gzip.compress(bytes(10_000_000), mtime=0), mtime=0), "gzip, gzip", "larger than"),
        (gzip.compress(b"Rain fell.", mtime=0)[:-4], "gzip", "cut off"),
        (gzip.compress(b"Rain fell.", mtime=0)[:10] + b"\xff\xff", "gzip", "damaged"),
        (b"Rain fell.", "zstd", "packed as 'zstd', which was not asked for"),
        (b"Rain fell.", "gzip, gzip, gzip", "packed 3 times over"),
    ],
)
def test_what_cannot_be_had_is_told(body, codings, told):
    with pytest.raises(ValueError, match=told):
        unpack(body, codings, 100)


def test_the_beginning_may_be_enough():
    whole = gzip.compress(b"Rain fell. " * 100, mtime=0)

    assert unpack(whole, "gzip", 20, cut=True) == b"Rain fell. Rain fell"
    assert unpack(whole[:-10], "gzip", 20, cut=True) == b"Rain fell. Rain fell"
    assert unpack(b"Rain fell. " * 100, None, 4, cut=True) == b"Rain"
