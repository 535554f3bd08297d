"""Every notebook runs headless on the invented warehouse and is published whole; the helper behaves at its edges."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from pipelines import notebook
from pipelines.errors import InputError, NotBuiltError
from pipelines.reports import lab_settings, publish_notebook
from pipelines.settings import PROJECT, Home

pytestmark = pytest.mark.xdist_group("notebooks")
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.nb.py"))


@pytest.mark.parametrize(("path", "params"), [(p, {"quarter": "1402Q1"} if p.name < "03" else {"rule_id": "labresult-testname-lnc"}) for p in NOTEBOOKS], ids=lambda v: getattr(v, "name", "")[:2])
def test_notebook_is_published(here, tmp_path, path, params):
    page = publish_notebook(path, tmp_path / "page.html", params).read_text(encoding="utf-8")
    assert '<html lang="fa" dir="rtl">' in page and "data:image/png;base64," in page and "sepas-table" in page
    assert not re.search("https?://", page) and "Traceback" not in page and "import " not in re.sub("<style>.*?</style>", "", page, flags=re.S)
    for heading in ("پرسش", "چه نشان می‌دهد", "What it shows", "How to read it", "What to do"):
        assert heading in page


def test_every_notebook_is_listed_and_keeps_the_manners():
    listed = (PROJECT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert NOTEBOOKS
    for path in NOTEBOOKS:
        source = path.read_text(encoding="utf-8")
        assert path.name in listed and 'tags=["parameters"]' in source and "def " not in source
        imports = re.findall(r"^(?:from|import) (\S+)", source, re.M)
        assert set(imports) <= {"pipelines.charts", "pipelines.notebook", "pipelines.persian"}, imports


def test_a_parameter_nobody_knows_is_refused(tmp_path):
    with pytest.raises(InputError, match="it has: quarter"):
        publish_notebook(NOTEBOOKS[0], tmp_path / "x.html", {"quarters": "1401Q4"})


def test_mart_brings_names(here):
    frame = notebook.mart("error_rate_by_vendor")
    assert {"vendor", "vendor_id", "items_judged"} <= set(frame.columns) and frame["vendor"].str.contains("آوای طب").any()
    with pytest.raises(NotBuiltError, match="worst_codings"):
        notebook.mart("no_such_mart")
    with pytest.raises(InputError):
        notebook.mart("rules; drop table x")


def test_without_a_warehouse_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("SEPAS_DQ_HOME", str(tmp_path))
    with pytest.raises(NotBuiltError, match="sepas-dq build"):
        notebook.mart("rules")


def test_charts_are_png_headless_and_live_before_a_person(monkeypatch):
    from pipelines.charts import rate_by_month

    chart = rate_by_month(pd.DataFrame({"jalali_month": ["1401-11"], "items_judged": [100], "items_failed": [30]}))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert notebook.show(chart).format == "png"
    monkeypatch.setenv("JPY_SESSION_NAME", "x.ipynb")
    monkeypatch.delenv("SEPAS_DQ_HEADLESS", raising=False)
    assert type(notebook.show(chart)).__name__ == "JupyterChart"


def test_table_is_persian_and_safe():
    frame = pd.DataFrame({"vendor": ["<b>آوا</b>"], "rule_id": ["labresult-icd10"], "lists": ["ICD-10 2019"], "items_judged": [3], "items_failed": [12345], "error_rate": [0.125], "change": [-0.034], "low": [None]})
    html = notebook.table(frame).data
    assert 'dir="rtl"' in html and "&lt;b&gt;" in html and "ICD-10 2019" in html and "&lt;۵" in html and "۱۲٬۳۴۵" in html
    assert "۱۲٫۵" in html and "−۳٫۴" in html and "–" in html and "نرخ خطا (درصد)" in html


def test_lab_settings(tmp_path):
    folder = lab_settings(Home(tmp_path))
    css = (folder / "custom" / "custom.css").read_text(encoding="utf-8")
    assert "direction:rtl" in css and (folder / "custom" / "Vazirmatn.woff2").stat().st_size > 100_000
    overrides = json.loads((folder / "labconfig" / "default_setting_overrides.json").read_text())
    assert overrides["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"] == {"python": "Jupytext Notebook"}
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    config = json.loads((folder / "jupyter_lab_config.json").read_text())
    assert config["LabApp"]["custom_css"] is True and Path(config["ServerApp"]["root_dir"]).is_dir()
