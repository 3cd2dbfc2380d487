"""What is asked of a memory: records by date and symbol, units by tier, confidence and speaker."""

from __future__ import annotations

from datetime import date

import pytest

from align.quality.calibration import stored_thresholds
from cdtm.memory.choice import Choice, least_accepted, tier_of

DAY = date(2015, 7, 21)


def test_a_choice_of_nothing_takes_all():
    assert Choice().takes_record("key", None, None)
    assert Choice().takes_unit(0.0, "number,length", "")


@pytest.mark.parametrize(
    ("choice", "day", "taken"),
    [
        (Choice(since=DAY), DAY, True),
        (Choice(until=DAY), DAY, True),
        (Choice(since=DAY), date(2015, 7, 20), False),
        (Choice(until=DAY), date(2015, 7, 22), False),
        (Choice(since=DAY), None, False),
        (Choice(until=DAY), None, False),
    ],
)
def test_both_ends_of_a_time_are_within_and_no_date_is_without(choice, day, taken):
    assert choice.takes_record("CD-PV-1579", "CD/PV.1579", day) is taken


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("CD/PV.1579", True),
        ("cd/pv.15*", True),
        ("CD-PV-15??", True),
        ("CD/PV.157", False),
        ("PV.1579", False),
        ("CD/PV.15[0-6]?", False),
        ("CD/PV.15[!8]9", True),
        ("*", True),
    ],
)
def test_a_symbol_is_a_shell_pattern_of_the_whole_symbol_or_key(pattern, taken):
    choice = Choice(symbols=("S/PV.*", pattern))
    assert choice.takes_record("CD-PV-1579", "CD/PV.1579", DAY) is taken
    assert choice.takes_record("CD-PV-1579", None, DAY) is (pattern in ("CD-PV-15??", "*"))


def test_a_speaker_is_a_part_of_name_or_country():
    for part in ("jadoon", "PAKISTAN", "Mr. Jadoon (Pakistan)"):
        assert Choice(speaker=part).takes_unit(1.0, "", "Mr. Jadoon (Pakistan)")
    assert not Choice(speaker="india").takes_unit(1.0, "", "Mr. Jadoon (Pakistan)")
    assert not Choice(speaker="jadoon").takes_unit(1.0, "", "")


def test_the_least_confidence_is_within():
    assert Choice(min_confidence=0.8).takes_unit(0.8, "", "")
    assert not Choice(min_confidence=0.8).takes_unit(0.7999, "", "")


def test_accepted_is_what_is_calibrated_to_be_right_in_99_of_100():
    edge = stored_thresholds()[0.99]
    assert least_accepted() == edge
    assert 0.9 < edge < 1
    assert tier_of(edge, "") == tier_of(edge, ()) == "accepted"
    assert tier_of(edge - 1e-6, "") == "review"
    assert tier_of(1.0, "number") == tier_of(1.0, ["number"]) == "review"


@pytest.mark.parametrize(("confidence", "flags"), [(1.0, ""), (0.5, ""), (1.0, "a"), (0.5, "a,b")])
def test_every_unit_is_in_one_tier(confidence, flags):
    taken = [t for t in ("accepted", "review") if Choice(tier=t).takes_unit(confidence, flags, "")]
    assert taken == [tier_of(confidence, flags)]
    assert Choice(tier="all").takes_unit(confidence, flags, "")


def test_a_country_is_found_by_its_names_in_both_languages():
    said = {
        "中国": ("Mr. Shen (China)", "卫先生(中国)"),
        "china": ("Mr. Shen (China)", "卫先生（中国）"),
        "英国": ("Ms. Ash (United Kingdom)", "阿什女士(联合王国)"),
        "俄罗斯": ("Mr. Sokol (Russian Federation)",),
    }
    for country, speakers in said.items():
        for speaker in speakers:
            assert Choice(speaker=country).takes_speaker(speaker), (country, speaker)
    for country, other in (
        ("几内亚", "Mr. Sa (Guinea-Bissau)"),
        ("几内亚", "Ms. Kila (Papua New Guinea)"),
    ):
        assert not Choice(speaker=country).takes_speaker(other)
    assert not Choice(speaker="中国").takes_speaker("")
