# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # کدها کجا می‌شکنند؟ · <bdi>Where are codes broken?</bdi>
# **پرسش:** در این فصل، نرخ خطای کدها در کدام دانشگاه و کدام قاعده از همه بالاتر است؟
#
# **Question:** which university and which rule have the highest error rate this quarter? Reads `marts.error_rate_by_university`, `marts.rules`.

# %% tags=["parameters"]
quarter = ""  # 1401Q4; empty: the quarter with the most judged items

# %%
from pipelines.charts import rate_by_month, university_rule_heatmap, with_rate
from pipelines.notebook import mart, show, table

rates = mart("error_rate_by_university")
rules = mart("rules").sort_values(["start_on", "rule_id"])
chosen = quarter or rates.groupby("quarter")["items_judged"].sum().idxmax()
now = rates[rates["quarter"] == chosen].merge(rules[["rule_id", "service", "title_fa"]], on="rule_id")
now["name"] = now["university"].str.replace("دانشگاه علوم پزشکی ", "")
label = rules["terminology"].str.replace("thritaEHR.", "") + "\n" + rules["service"].str.replace("Prescription", "\nPrescription")
now["rule"] = now["rule_id"].map(dict(zip(rules["rule_id"], label, strict=True)))

# %% [markdown]
# ## چه نشان می‌دهد · <bdi>What it shows</bdi>

# %%
show(rate_by_month(rates, title="روند ماهانهٔ نرخ خطا", subtitle="سهم اقلام ناموفق از سنجیده‌شده، همهٔ قاعده‌ها", starts=sorted(rules["start_jalali"].unique())))

# %%
show(university_rule_heatmap(now, label.tolist(), limit=15, title="بدترین دانشگاه‌ها و قاعده‌ها", subtitle="سهم اقلام ناموفق؛ پانزده دانشگاه با بالاترین نرخ"))

# %%
worst = with_rate(now.groupby(["university", "title_fa"], as_index=False)[["items_judged", "items_failed"]].sum())
table(worst[worst["items_judged"] >= 100].sort_values("low", ascending=False), limit=12)

# %% [markdown]
# ## چگونه بخوانیم · <bdi>How to read it</bdi>
# عدد هر خانه سهم اقلام ناموفق از اقلام سنجیده‌شده است. درون هر **ستون** مقایسه کنید، زیرا قاعده‌ها در دشواری یکسان نیستند.
# جدول به ترتیبِ کران پایین بازهٔ ویلسون است تا خانه‌های کوچک بالا نیایند.
#
# A cell is the share of judged items that failed. Compare within a **column**; the table is ordered by the lower Wilson bound, so that small cells do not lead.

# %% [markdown]
# ## چه باید کرد · <bdi>What to do</bdi>
# از سه سطر نخست جدول آغاز کنید: نخست ببینید آیا یک شرکت آن را توضیح می‌دهد (دفتر ۰۲)، سپس بستهٔ بازخورد همان دانشگاه را بفرستید.
#
# Start with the first three rows: see whether one vendor explains them (notebook 02), then send that university its feedback pack.
