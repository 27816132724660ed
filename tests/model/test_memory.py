"""Memory is refused where there is none, and taken where it is written to."""

import numpy as np
import psutil
import pytest

from linli.model.errors import InputError
from linli.model.memory import check_memory, zeros_as_written


def test_what_there_is_no_memory_for_is_refused():
    check_memory(1, "a byte")
    with pytest.raises(InputError, match=r"a town takes about .* GB of memory and .* are free: go away"):
        check_memory(2**60, "a town", "go away")


@pytest.mark.parametrize(("shape", "dtype"), [((0, 4), "uint16"), ((5, 4), "uint16"), ((7,), "uint32")])
def test_zeros_to_be_written_are_zeros(shape, dtype):
    table = zeros_as_written(shape, np.dtype(dtype))
    assert (table.shape, table.dtype) == (shape, np.dtype(dtype))
    assert not table.any()
    table += 3
    assert (table == 3).all()


def test_only_what_is_written_takes_memory():
    """A number in every two megabytes of a quarter of a gigabyte."""
    before = psutil.Process().memory_info().rss
    table = zeros_as_written((2**28,), np.dtype("uint8"))
    table[:: 2**21] = 1
    assert psutil.Process().memory_info().rss - before < 2**26
    assert int(table[:: 2**21].sum()) == 2**7
