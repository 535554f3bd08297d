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
# # در تاریخ آغاز چه رخ داد؟ · <bdi>What happened at the start date?</bdi>
# **پرسش:** نرخ خطای هر قاعده پیش و پس از آغاز اعتبارسنجی چگونه بود، و آیا قلم‌ها هم کم شدند؟
#
# **Question:** how did each rule's rate move around its start, and did the number of items shrink too? Reads `marts.error_rate_around_rollout`, `marts.rules`.

# %% tags=["parameters"]
rule_id = ""  # the rule to draw; empty: the one with the largest change

# %%
from pipelines.charts import rate_around_rollout, with_rate
from pipelines.notebook import mart, show, table
from pipelines.persian import fa

weeks = mart("error_rate_around_rollout")
weeks = weeks[weeks["weeks_from_start"].between(-12, 12)]
rules = mart("rules").set_index("rule_id")
sides = with_rate(weeks.assign(side=(weeks["weeks_from_start"] >= 0).map({False: "before", True: "after"})).groupby(["rule_id", "side"], as_index=False)[["items_judged", "items_failed"]].sum())
change = sides.pivot(index="rule_id", columns="side", values="error_rate").reindex(columns=["before", "after"])
change["change"] = change["after"] - change["before"]
change = change.join(rules[["title_fa", "start_jalali", "lists"]]).sort_values("change")
drawn = rule_id or (change.index[0] if len(change) else "")

# %% [markdown]
# ## چه نشان می‌دهد · <bdi>What it shows</bdi>

# %%
one = weeks[weeks["rule_id"] == drawn]
start = fa(rules.loc[drawn, "start_jalali"]) if drawn else ""
show(rate_around_rollout(one, start, title=rules.loc[drawn, "title_fa"] if drawn else None, subtitle="نرخ خطای هفتگی پیرامون تاریخ آغاز", width=620, height=240))

# %%
table(change[["title_fa", "start_jalali", "before", "after", "change", "lists"]], limit=20)

# %%
volume = weeks.groupby(["rule_id", "weeks_from_start"], as_index=False)["items_judged"].sum()
volume = volume.assign(side=(volume["weeks_from_start"] >= 0).map({False: "before", True: "after"})).groupby(["rule_id", "side"])["items_judged"].mean().unstack()
volume["change"] = volume["after"] / volume["before"] - 1
volume = volume.join(rules["title_fa"]).rename(columns={"before": "weekly_before", "after": "weekly_after", "change": "volume_change"}).sort_values("volume_change")
table(volume[["title_fa", "weekly_before", "weekly_after", "volume_change"]], limit=20)

# %% [markdown]
# ## چگونه بخوانیم · <bdi>How to read it</bdi>
# سوی چپ خط سرخ نرخ سایه است. افت نرخ همراه با **افت شمار اقلام** نشانهٔ حذف است نه اصلاح. قاعدهٔ LNC پنج روز پیش از اعلام فهرست خود آغاز شد و نوروز چند هفته پس از آن است.
#
# Left of the red rule is the shadow rate. A falling rate with **fewer items** points to dropping, not repairing. LNC started five days before its list; Nowruz follows within weeks.

# %% [markdown]
# ## چه باید کرد · <bdi>What to do</bdi>
# قاعده‌ای که نرخ آن نیفتاده است نخستین موضوع نشست با شرکت‌هاست؛ قاعده‌ای که اقلامش کم شده با جدول پوشش گزارش فصل بررسی شود.
#
# A rule whose rate did not fall comes first in the talk with vendors; one whose items shrank is checked against the coverage table of the quarterly report.
