"""The same seed gives the same messages in every container, the same bytes every time, and counts what it breaks or repeats."""

import generator_naive as naive
import pyarrow.parquet as pq
import pytest

from pipelines.errors import UserError
from pipelines.generator import FORMATS, generate


@pytest.fixture(scope="module")
def plain(lists_home, tmp_path_factory):
    out = tmp_path_factory.mktemp("plain") / "out"
    generate(lists_home, out, 150, seed=3)
    return (out / "truth.parquet").read_bytes(), _ids(out)[0]


def _ids(out) -> tuple[list[str], int]:
    parsed = [naive.parse(payload) for _, payload, _ in naive.payloads(out / "extracts")]
    return sorted(found[0] for found in parsed if found), sum(found is None for found in parsed)


@pytest.mark.parametrize("format", [*FORMATS, "mixed"])
def test_truth_and_messages_do_not_depend_on_the_container(format, plain, lists_home, tmp_path):
    summary = generate(lists_home, tmp_path / "out", 150, seed=3, format=format, broken=20, duplicates=15)
    truth, expected = plain
    assert (tmp_path / "out" / "truth.parquet").read_bytes() == truth
    ids, unreadable = _ids(tmp_path / "out")
    assert (summary.messages, summary.broken, summary.duplicates) == (150, 20, 15)
    assert sorted(set(ids)) == expected and len(ids) == 150 + 15
    assert unreadable == 20


@pytest.mark.parametrize("format", ["mixed", "parquet"])
def test_same_seed_same_bytes(format, lists_home, tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        generate(lists_home, tmp_path / name, 120, seed=seed, format=format, broken=6, duplicates=6)
    first, again, other = (naive.tree_bytes(tmp_path / name) for name in "abc")
    assert first == again
    assert first["truth.parquet"] != other["truth.parquet"]
    assert first["organisations/systems.csv"] == other["organisations/systems.csv"]


def test_loose_files_tell_time_system_and_operation(lists_home, tmp_path):
    generate(lists_home, tmp_path / "out", 150, seed=3, format="files")
    days = {row["message_id"]: row["exchange_on"] for row in pq.read_table(tmp_path / "out/truth.parquet").to_pylist()}
    names = [str(about).lower() for _, _, about in naive.payloads(tmp_path / "out/extracts")]
    assert (
        len({(p.parent, p.name.lower()) for p, _, _ in naive.payloads(tmp_path / "out/extracts")}) == len(names) == 150
    )
    for _, payload, name in naive.payloads(tmp_path / "out/extracts"):
        day = days.get(naive.parse(payload)[0])
        assert day is None or name.startswith(f"{day.month}_{day.day}_{day.year} ")
        assert naive.re.fullmatch(r"\d+_\d+_\d{4} \d+_\d\d_\d\d [AP]M_[0-9A-Fa-f-]{36}_Save\w+Secure\.(xml|json)", name)


def test_json_is_nested_and_xml_is_text(run):
    kinds = {type(tree).__name__ for _, tree, _ in run[2].values()}
    assert kinds == {"dict", "Element"}
    roots = {naive._local(tree) for _, tree, _ in run[2].values() if not isinstance(tree, dict)}
    assert roots == {
        "root", "Envelope", "PatientBillMessageVO", "MedicationPrescriptionsMessageVO", "DispensedPrescriptionsMessageVO", "SOAPMessageVO",
        "LaboratoryResultMessageVO", "LaboratoryPrescriptionsMessageVO", "ImagingPrescriptionsMessageVO",
    }  # fmt: skip


def test_blemishes_of_vendors_are_in_the_bytes(lists_home, tmp_path):
    generate(lists_home, tmp_path / "out", 400, seed=4, format="files")
    data = [payload for _, payload, _ in naive.payloads(tmp_path / "out/extracts")]
    assert any(d.endswith(b"\0") for d in data)
    assert any(d.startswith(b"\xef\xbb\xbf") for d in data)
    assert any(b'encoding="windows-1256"' in d for d in data)
    assert any(b"VM:Person" in d for d in data)
    assert any(b"<AdmissionWard />" in d and b"MessageVO" in d for d in data)


def test_refuses_a_full_folder_and_an_unknown_format(lists_home, tmp_path):
    (tmp_path / "old.txt").write_text("x")
    with pytest.raises(UserError, match="not empty"):
        generate(lists_home, tmp_path, 1, seed=1)
    with pytest.raises(UserError, match="no format"):
        generate(lists_home, tmp_path / "out", 1, seed=1, format="docx")
