"""The letters as data: every file loads and says only what hangs together; a wrong file is one line that names file and field."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from expectations.errors import RuleError
from expectations.letters import DIRECTIVE, followers, letters, load_letters, terminologies

FILES = sorted(DIRECTIVE.glob("*.yaml"))


def texts(value):
    """Every {fa, en} of a letter's file."""
    if isinstance(value, dict):
        if {"fa", "en"} <= set(value):
            yield value
        else:
            for part in value.values():
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_letter_is_said_in_both_languages(path):
    found = list(texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert found
    for text in found:
        assert re.search("[آ-ی]", text["fa"]) and not re.search("[يكى۰-۹٠-٩]", text["fa"]), "Persian letters; digits are Latin in the file"
        assert not re.search("[آ-ی]", re.sub("[0-9/]+/د", "", text["en"]))
        assert not re.search(r" [،؛.:]|\s\s", text["fa"])


def test_the_letters_hang_together():
    assert [letter.dated for letter in letters().values()] == sorted(letter.dated for letter in letters().values())
    assert {"110/2819/د", "110/186", "1927/110/د", "110/501", "110/37"} <= set(letters())
    assert [(letter.letter, how) for letter, how in followers("110/186")] == [("110/501", "follows")]
    assert ("110/37", "follows") in [(letter.letter, how) for letter, how in followers("110/501")]
    assert ("110/37", "recalls") in [(letter.letter, how) for letter, how in followers("1927/110/د")]
    assert [(letter.letter, how) for letter, how in followers("110/2819/د")] == [("1927/110/د", "recalls")]


def test_what_is_known_by_reference_only_claims_no_text():
    for letter in letters().values():
        if letter.known == "reference":
            assert letter.title is None and letter.sender is None and letter.attachments is None and not letter.links and followers(letter.letter)


def test_the_seven_terminologies_come_from_the_table():
    assert terminologies()[:7] == ("thritaEHR.otherCost", "thritaEHR.WardType", "IRC", "eRx", "RVU3", "LNC", "ICD10")


FAULTS = {
    # file: (what stands there, what is put in its place, what must be said)
    "a day that is no day": ("110-37", 'dated: "1402/02/18"', 'dated: "1402/02/32"', "110-37.yaml: dated: "),
    "a field nobody knows": ("110-37", "known: text", "known: text\nsigned: me", "110-37.yaml: signed: "),
    "no Persian title": ("110-37", "  fa: ابلاغ پیاده‌سازی کدینگ جامع آزمایشگاه\n", "", "110-37.yaml: title.fa: "),
    "text without a sender": ("110-37", "urgency: {fa: فوری, en: urgent}\n", "", "110-37.yaml: urgency: is missing"),
    "a letter without a file": ("110-37", 'letter: "110/501"', 'letter: "110/502"', "110-37.yaml: refers_to: '110/502' has no file"),
    "another day than its own": ("110-37", 'dated: "1401/12/15"', 'dated: "1401/12/16"', "110-37.yaml: refers_to: '110/501' is dated 1401/12/15"),
    "a file of another name": ("110-37", 'letter: "110/37"\nknown', 'letter: "110/38"\nknown', "110-37.yaml: letter: '110/38' belongs in a file named 110-38.yaml"),
    "a row twice": ("1927-110", "row: 2,", "row: 1,", "1927-110.yaml: rows: a row is given twice"),
    "a service without a name": ("1927-110", "  LabResult: {fa", "  LabAnswer: {fa", "1927-110.yaml: services: say what LabResult is called"),
    "an address that is none": ("110-37", "https://maxa", "maxa", "110-37.yaml: links.0.url: "),
    "a boolean as a key": ("110-37", "deadlines:", "on: 1\ndeadlines:", "110-37.yaml: cannot be read as YAML: 'on' is not the name of a field"),
    "a table nobody has read": ("110-186", "demands:", "rows: [{row: 1, terminology: LNC, starts_on: '1400/06/20', bindings: [{service: LabResult, field: TestName}]}]\ndemands:",
                                "110-186.yaml: rows: a letter known by reference only"),
    "no letter names it": ("110-501", "refers_to:\n", "refers_to: []\nignored:\n", "110-501.yaml: ignored: "),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_file_is_one_line_that_names_file_and_field(fault, tmp_path: Path):
    name, there, instead, said = FAULTS[fault]
    folder = tmp_path / "directive"
    shutil.copytree(DIRECTIVE, folder)
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert there in text
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_letters(folder)
    assert said in str(caught.value) and "\n" not in str(caught.value)
