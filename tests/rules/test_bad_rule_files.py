"""A wrong rule file is one RuleError of one line that names file and field. Each file of bad/ is named for its fault."""

from pathlib import Path

import pytest

from expectations.catalogue import load_rule, load_rules
from expectations.errors import RuleError

BAD = sorted(Path(__file__).with_name("bad").glob("*.yaml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_error_names_file_and_field(path: Path):
    must_say = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# must say: ")
    with pytest.raises(RuleError) as caught:
        load_rule(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ") and must_say in said
    assert "\n" not in said and len(said) < len(str(path)) + 300


def test_what_is_no_text_or_not_there(tmp_path: Path):
    for name, content in (("latin1", "عنوان".encode("cp1256")), ("nul", b"id: \0\n")):
        (tmp_path / f"{name}.yaml").write_bytes(content)
        with pytest.raises(RuleError, match="cannot be read as YAML"):
            load_rule(tmp_path / f"{name}.yaml")
    with pytest.raises(RuleError, match="cannot be read"):
        load_rule(tmp_path / "absent.yaml")


def test_a_folder_without_rules_and_an_id_used_twice(tmp_path: Path):
    with pytest.raises(RuleError, match="holds no active rule"):
        load_rules(tmp_path)
    good = (Path(__file__).with_name("bad") / "id_not_equal_to_file_name.yaml").read_text(encoding="utf-8")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "patientbill-wardtype-wardtype.yaml").write_text(good, encoding="utf-8")
    with pytest.raises(RuleError, match="used twice: patientbill-wardtype-wardtype"):
        load_rules(tmp_path)
