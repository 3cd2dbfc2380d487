"""Codes as other tools write them."""

from __future__ import annotations

import pytest

from corpora import UserError
from tmx_out.languages import (
    DEFAULT_LANGUAGES,
    check_languages,
    is_language_tag,
    is_traditional,
    language_of,
)

UNDERSTOOD = [
    ("zh-CN", "zh"), ("zh", "zh"), ("ZH", "zh"), ("zh_CN", "zh"), ("zh-Hans", "zh"),
    ("zh-Hans-CN", "zh"), ("cmn-Hans", "zh"), ("ZHO", "zh"), ("en-US", "en"), ("EN", "en"),
    ("en_gb", "en"), ("eng", "en"), ("fr-FR", None), ("", None), ("zhang", None), ("yue", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "language"), UNDERSTOOD)
def test_codes_are_understood(code: str, language: str | None) -> None:
    assert language_of(code) == language


@pytest.mark.parametrize("code", ["zh-CN", "en", "zh-Hans-CN", "x-private", "en-GB-oxendict"])
def test_tags(code: str) -> None:
    assert is_language_tag(code)


@pytest.mark.parametrize("code", ["zh_CN", "", "z", "en-", "en US", "中文", "toolonglanguage"])
def test_no_tags(code: str) -> None:
    assert not is_language_tag(code)


def test_traditional_script_is_told() -> None:
    assert is_traditional("zh-TW")
    assert is_traditional("zh_Hant_HK")
    assert not is_traditional("zh-CN")
    assert not is_traditional("zh")


def test_codes_asked_for_are_checked() -> None:
    check_languages(DEFAULT_LANGUAGES)
    check_languages({"zh": "zh-Hans", "en": "en"})
    for zh in ("zh_CN", "en-US", "", "Chinese"):
        with pytest.raises(UserError, match="is no language code for zh"):
            check_languages({"zh": zh, "en": "en-US"})
    with pytest.raises(UserError, match="for en"):
        check_languages({"zh": "zh-CN"})
