"""Agreement of titles: letters, ZWNJ, word order, a title cut short, another script."""

import pytest

from pipelines.findings.titles import is_persian, score

WARD = "مراقبت‌های ویژه قلبی"


@pytest.mark.parametrize("sent", [WARD, "مراقبتهاي ويژه قلبي", "مراقبت های ویژۀ قلبی", "مراقبتـهای ویژه قلبی", " مراقبت‌های\tویژه  قلبی.", "مُراقبت‌های ویژه قلبی"])
def test_spelling_is_no_difference(sent):
    assert score(sent, WARD) == 100


@pytest.mark.parametrize(
    ("sent", "official", "low", "high"),
    [
        ("Hemoglobin [Mass/vol", "Hemoglobin [Mass/volume] in Blood", 99, 99),
        ("HEMOGLOBIN [MASS/VOLUME] IN BLOOD", "Hemoglobin [Mass/volume] in Blood", 100, 100),
        ("in Blood Hemoglobin", "Hemoglobin in Blood", 99, 99),
        ("Hemo", "Hemoglobin [Mass/volume] in Blood", 0, 60),
        ("Fracture of femur", "Precordial pain", 0, 45),
        ("قلب", "پوست", 0, 45),
    ],
)
def test_agreement(sent, official, low, high):
    assert low <= score(sent, official) <= high


@pytest.mark.parametrize(("sent", "titles"), [("Heart", (WARD,)), ("قلب", ("Heart",)), ("قلب", ()), ("قلب", (None, "")), ("...", ("Heart",)), ("Heart", ("...",))])
def test_nothing_to_compare(sent, titles):
    assert score(sent, *titles) == -1


def test_the_best_title_in_the_senders_script_counts():
    assert score("قلب", "Heart", "قلب") == 100 == score("heart", "Heart", "قلب")
    assert is_persian("بخش CCU") and not is_persian("CCU")
