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
# # کدام شرکت آن را توضیح می‌دهد؟ · <bdi>Which vendor explains it?</bdi>
# **پرسش:** آیا نرخ بالای خطا از دانشگاه است یا از نرم‌افزاری که چند دانشگاه به کار می‌برند؟
#
# **Question:** does a high rate belong to a university, or to the software several universities use? Reads `marts.error_rate_by_vendor`, `marts.outcome_counts`.

# %% tags=["parameters"]
quarter = ""  # 1401Q4; empty: the quarter with the most judged items
rule_id = ""  # one rule; empty: all rules together

# %%
from pipelines.charts import vendor_ranking, with_rate
from pipelines.notebook import mart, show, table

rates = mart("error_rate_by_vendor")
chosen = quarter or rates.groupby("quarter")["items_judged"].sum().idxmax()
now = rates[(rates["quarter"] == chosen) & (rates["rule_id"].eq(rule_id) if rule_id else True)]

# %% [markdown]
# ## چه نشان می‌دهد · <bdi>What it shows</bdi>

# %%
show(vendor_ranking(now.rename(columns={"vendor": "name"}), title="شرکت‌ها به ترتیب نرخ خطا", subtitle="سهم اقلام ناموفق از سنجیده‌شده، با بازهٔ ویلسون"))

# %%
counts = mart("outcome_counts")
failed = counts[(counts["quarter"] == chosen) & (counts["reading"] == "literal") & ~counts["outcome"].isin(["passed", "not_applicable", "error"])]
failed = failed[failed["rule_id"].eq(rule_id)] if rule_id else failed
kinds = failed.groupby(["vendor", "outcome"], as_index=False)["items"].sum()
kinds["share"] = kinds["items"] / kinds.groupby("vendor")["items"].transform("sum")
table(kinds.sort_values("share", ascending=False).groupby("vendor", sort=False).head(1), limit=15)

# %%
within = with_rate(now.groupby(["vendor", "rule_id"], as_index=False)[["items_judged", "items_failed"]].sum())
table(within[within["items_judged"] >= 100].sort_values("low", ascending=False), limit=12)

# %% [markdown]
# ## چگونه بخوانیم · <bdi>How to read it</bdi>
# نقطهٔ سرخ یعنی همهٔ بازهٔ اطمینان شرکت بالاتر از میانگین کشور است. جدول نخست گونهٔ چیرهٔ خطای هر شرکت است؛ اگر سهم یک گونه بیش از نیم باشد، معمولاً یک نگاشت نادرست در نرم‌افزار پشت آن است.
#
# Red: the whole interval lies above the national mean. The first table is each vendor's main kind of failure; above one half, one wrong mapping usually explains it.

# %% [markdown]
# ## چه باید کرد · <bdi>What to do</bdi>
# فهرست اصلاح همان شرکت را با `sepas-dq packs` بسازید و پیش از تمدید گواهی با او در میان بگذارید؛ آنچه مرکز باید اصلاح کند جدا به دانشگاه فرستاده می‌شود.
#
# Make the vendor's fix list with `sepas-dq packs` and go through it before the certificate is renewed; what a facility must repair goes to its university.
