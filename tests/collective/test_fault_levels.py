"""A fault of our own is an error in the log; what comes from outside is a warning."""

import logging

import pytest

from collective.faults import Away, severity


@pytest.mark.parametrize("outside", [Away("disk_full"), ConnectionResetError(), TimeoutError()])
@pytest.mark.parametrize("ours", [TypeError(), KeyError("x"), RuntimeError(), AssertionError()])
def test_a_fault_of_our_own_is_louder_than_one_from_outside(outside, ours):
    assert (severity(outside), severity(ours)) == (logging.WARNING, logging.ERROR)
    assert severity(ExceptionGroup("both", [outside, ours])) == logging.ERROR
    assert severity(ExceptionGroup("one", [outside])) == logging.WARNING
