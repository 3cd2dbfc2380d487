"""Engines: one function mapped in this process, or in several."""

from __future__ import annotations

import os

import pytest

from cdtm.build.engines import Serial, make_engine
from cdtm.build.workers import Processes
from corpora import UserError


def square(number):
    return number * number, os.getpid()


def fail_on_two(number):
    if number == 2:
        raise ValueError("two")
    return number


@pytest.mark.parametrize("engine", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_every_item_comes_back_once_with_its_number(engine):
    items = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
    found = dict(engine.map(square, items))
    assert sorted(found) == list(range(len(items)))
    assert [found[number][0] for number in range(len(items))] == [n * n for n in items]
    here = {process == os.getpid() for _, process in found.values()}
    assert here == {isinstance(engine, Serial)}


def test_no_item_is_no_work():
    assert list(Processes(2).map(square, [])) == []


def test_what_the_function_raises_is_raised_here():
    with pytest.raises(ValueError, match="two"):
        list(Processes(2).map(fail_on_two, list(range(5))))


def test_the_engine_is_made_by_its_name():
    with make_engine("processes", workers=3) as engine:
        assert isinstance(engine, Processes)
        assert engine.workers == 3
    with make_engine("processes", workers=1) as engine:
        assert isinstance(engine, Processes)  # which is bounded
    with make_engine("serial") as engine:
        assert isinstance(engine, Serial)


@pytest.mark.parametrize(
    ("name", "address", "told"),
    [("spark", None, "serial, processes or ray"), ("serial", "auto", "--engine ray")],
)
def test_a_wrong_engine_is_one_sentence(name, address, told):
    with pytest.raises(UserError, match=told), make_engine(name, address=address):
        pass
