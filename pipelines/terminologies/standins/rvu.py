"""An invented RVU3 list in the shape of the third edition: nine chapters, steps of five with inserts, Persian titles.

Belongs here: words and rules for it. The few public facts (24 codes, the modifiers) stand in `data/rvu3.csv` and are always in force.
"""

from collections.abc import Callable

from pipelines.terminologies.standins import StandIn, facts
from pipelines.terminologies.standins.draw import STATUS, Draw, Row, two_releases

# first code, last code, codes: the chapters of the book, then visits, hoteling and global packages
CHAPTERS = [
    (100005, 100985, 196), (200005, 205050, 992), (300005, 302990, 547), (400005, 402205, 416), (500005, 502217, 469),
    (600005, 603035, 615), (700005, 709990, 751), (800005, 810384, 1115), (900000, 903035, 479),
    (970000, 978005, 27), (980005, 980190, 20), (990005, 990900, 40),
]  # fmt: skip
_INSERTS, _DELETED = 0.14, 0.013
_DOTTED = ("990650.1", "990650.2", "990700.1")

_ORGANS = {
    "1": "پوست|بافت زیرجلدی|پستان|ناخن|فلپ پوستی|گرافت پوستی|ضایعه صورت|اسکار سوختگی",
    "2": "استخوان ران|مفصل زانو|مفصل شانه|مهره کمری|استخوان ساعد|تاندون دست|مچ پا|لگن|دنده|فک پایین|انگشت دست|رباط صلیبی",
    "3": "نای|ریه|دریچه میترال|آئورت|شریان کرونر|ورید عمقی|پرده جنب|طحال|غدد لنفاوی|بینی|حنجره",
    "4": "مری|معده|روده باریک|کولون|رکتوم|کبد|کیسه صفرا|پانکراس|آپاندیس|جدار شکم|لوزه",
    "5": "کلیه|حالب|مثانه|پروستات|بیضه|رحم|تخمدان|واژن|جفت|مجرای ادرار|لوله رحمی",
    "6": "غده تیروئید|جمجمه|نخاع|عصب محیطی|قرنیه|عدسی چشم|شبکیه|پلک|پرده گوش|حلزون گوش|غده آدرنال",
    "7": "قفسه سینه|شکم و لگن|مغز|ستون فقرات|اندام فوقانی|اندام تحتانی|عروق گردن|کلیه و مجاری|پستان|مفاصل",
}
_DONE = "ترمیم|برداشتن|بیوپسی|درناژ|جااندازی|بازسازی|تعویض|انسیزیون|اکسیزیون|پیوند|آزادسازی|فیکساسیون|تخلیه"
_HOW = "به روش باز|به روش آندوسکوپیک|با بی‌حسی موضعی|از طریق پوست|با هدایت رادیولوژیک|با میکروسکوپ|مرحله اول|مرحله دوم|عمل مستقل|همراه با بازسازی"
_MORE = "یک‌طرفه|دوطرفه|ساده|مشکل|کمتر از ۵ سانتی‌متر|بیشتر از ۵ سانتی‌متر|در کودکان زیر ۵ سال|هر ضایعه اضافه|به جز موارد اورژانس|شامل کنترل خونریزی و مراقبت تا ۱۰ روز پس از عمل"
_IMAGING = "رادیوگرافی|سونوگرافی|سی‌تی‌اسکن|ام‌آر‌آی|آنژیوگرافی|اسکن هسته‌ای|رادیوتراپی|داپلر رنگی"
_VIEWS = "یک نما|دو نما|سه نما|با تزریق|بدون تزریق|با و بدون تزریق|سه‌بعدی|دینامیک|پرتابل|با گزارش فوری"
_ASSAYS = "اندازه‌گیری کمی|اندازه‌گیری کیفی|کشت|شمارش|تشخیص مولکولی|رنگ‌آمیزی|تیتراژ آنتی‌بادی|تعیین ژنوتیپ"
_ANALYTES = "آلفا|بتا|گاما|دلتا|اپسیلون|زتا|اتا|تتا|کاپا|لاندا|سیگما|امگا"
_GROUPS = "پروتئین|هورمون|آنزیم|ویتامین|پادتن|پادگن|لیپید|داروی|فلز|متابولیت"
_SAMPLES = "سرم/پلاسما|خون کامل|ادرار ۲۴ ساعته|مایع نخاع|بافت|بزاق|مایع جنب"
_METHODS = "به روش HPLC|به روش ELISA|به روش PCR|به روش نفلومتری|به روش رنگ‌سنجی|به روش کمی‌لومینسانس"
_CARE = "مشاوره|مراقبت پرستاری|فیزیوتراپی|نوار عصب و عضله|تست ورزش|دیالیز|شیمی‌درمانی|گفتاردرمانی|کاردرمانی|تزریق|پانسمان|پایش"
_WHERE = "بزرگسالان|کودکان|نوزادان|سالمندان|بیماران بستری|بیماران سرپایی|در منزل|در بخش ویژه"
_TIMES = "جلسه اول|جلسات بعدی|هر ۱۵ دقیقه|هر ساعت|هر روز|تا ۳۰ دقیقه|بیش از ۳۰ دقیقه|گروهی|انفرادی|نوبت شب|نوبت عصر"
_NOTES = "(در صورت انجام در همان جلسه، کد جداگانه گزارش نمی‌گردد)|(برای موارد دوطرفه به همین کد مراجعه گردد)|(گزارش همزمان این کد با کد ویزیت همان روز امکان‌پذیر نمی‌باشد)|(فقط با درخواست پزشک متخصص و ثبت در پرونده بیمار قابل گزارش، محاسبه و اخذ است)|(شامل کلیه مراحل آماده‌سازی)"
_NOTED = 0.45


def rvu3() -> list[StandIn]:
    """About 5,700 codes of six digits, the modifiers and a few dotted codes; 1.3 % are listed as deleted."""
    draw = Draw("RVU3")
    public = list(facts("rvu3.csv"))
    known: dict[str, Row] = {code: (code, title, None, "active") for code, title, _ in public}
    titles = {title for _, title, _ in public}
    rows: list[Row] = list(known.values())
    for first, last, count in CHAPTERS:
        make = _titles(str(first), draw)
        for code in _codes(first, last, count, draw, {int(c) for c in known if c.isdigit()}):
            status = f"deleted {STATUS}" if draw.random() < _DELETED else STATUS
            rows.append((code, draw.fresh(titles, lambda: _noted(make(), draw)), None, status))  # noqa: B023
    rows += [(code, draw.fresh(titles, _titles("99", draw)), None, STATUS) for code in _DOTTED]
    marks = _marks([row[0] for row in rows if row[0] not in known]) | {code: marks for code, _, marks in public if marks}
    return two_releases(rows, draw, set(known), {code: {"marks": [said]} for code, said in marks.items()})


def _marks(codes: list[str]) -> dict[str, str]:
    """Attribute signs on about a third of the invented codes; 2 % of them are add-ons (+). Drawn apart, so that no other draw moves."""
    draw = Draw("RVU3 marks")
    lots = {code: draw.random() for code in codes if len(code) == 6}
    signs = ((0.02, "+"), (0.025, "#+"), (0.20, "#"), (0.30, "*"), (0.33, "#*"))
    return {code: next(sign for most, sign in signs if lot < most) for code, lot in lots.items() if lot < signs[-1][0]}


def _noted(title: str, draw: Draw) -> str:
    """A title, often with a remark as the book's have."""
    return f"{title} {draw.one(_NOTES.split('|'))}" if draw.random() < _NOTED else title


def _codes(first: int, last: int, count: int, draw: Draw, known: set[int]) -> list[str]:
    """`count` codes of a chapter, those of `known` counted but not given again: steps of five, and inserts between them."""
    here = {number for number in known if first <= number <= last}
    inserts = round(count * _INSERTS)
    steps = draw.some(
        [n for n in range(first - first % 5, last + 1, 5) if n >= first and n not in here], count - inserts - len(here)
    )
    between = [n for n in range(first, last + 1) if n % 5 and n not in here]
    return [str(number) for number in sorted([*steps, *draw.some(between, inserts)])]


def _titles(code: str, draw: Draw) -> Callable[[], str]:
    """A maker of titles in the words of a code's chapter."""

    def pick(words: str) -> str:
        return draw.one(words.split("|"))

    if code.startswith("7"):
        return lambda: f"{pick(_IMAGING)} {pick(_ORGANS['7'])}؛ {pick(_VIEWS)}، {pick(_MORE)}"
    if code.startswith("8"):
        return lambda: (
            f"{pick(_ASSAYS)} {pick(_GROUPS)} {pick(_ANALYTES)} {draw.below(30) + 1} در {pick(_SAMPLES)} {pick(_METHODS)}"
        )
    if code.startswith("97"):
        return lambda: f"ویزیت {pick(_WHERE)}، {pick(_TIMES)}"
    if code.startswith("98"):
        return lambda: f"هتلینگ {pick(_WHERE)}، تخت درجه {draw.below(4) + 1}"
    if code.startswith("99"):
        return lambda: f"گلوبال {pick(_DONE)} {pick(_ORGANS[str(1 + draw.below(6))])}، {pick(_MORE)}"
    if code.startswith("9"):
        return lambda: f"{pick(_CARE)} {pick(_WHERE)}، {pick(_TIMES)}"
    return lambda: f"{pick(_DONE)} {pick(_ORGANS[code[0]])}؛ {pick(_HOW)}، {pick(_MORE)}"
