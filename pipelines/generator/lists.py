"""Small national lists whose items no rule judges: gender, insurer, service type, specialty, units of SNOMED.

Belongs here: constant coded items, shared by every message. Does not: the seven judged terminologies.
"""

from pipelines.generator.nodes import Coded


def _list(terminology: str, **titles: str) -> list[Coded]:
    return [Coded(title, terminology, code.strip("_").replace("_", ".")) for code, title in titles.items()]


GENDER = _list("thritaEHR.gender", _1="مرد", _2="زن")
MARITAL = _list("thritaEHR.maritalStatus", _2="متأهل", _3="مجرد")
RELIGION = _list("thritaEHR.Religion", _1="اسلام")
EDUCATION = _list("thritaEHR.educationLevel", _2="ابتدایی", _5="دیپلم", _7="کارشناسی")
COUNTRY = Coded("Iran, Islamic Republic of", "ISO_3166-1", "IR")
PROVINCES = _list("countryDivisions", _91="استان خیالی", _92="استان پنداری", _93="استان رؤیایی")
TOWNS = _list("countryDivisions", _90017="شهر خیالی", _90021="شهر پنداری", _90044="شهر رؤیایی")
LIFECYCLE = Coded("incomplete", "thritaEHR", "1.1.1.2")
ADMISSION_TYPES = _list("thritaEHR.admissionType", _1="سرپایی", _2="بستری", _4="بستری موقت")
RECORD_TYPES = _list("thritaEHR.medicalRecordType", _1="بستری", _2="سرپایی", _3="گلوبال")
CONDITIONS = _list("thritaEHR.conditionOnDischarge", _1="بهبودی کامل", _2="بهبودی نسبی")
DIED = Coded("فوت", "thritaEHR.conditionOnDischarge", "4")
DEATH_PLACE = Coded("بیمارستان", "thritaEHR.deathLocation", "1")
DEATH_CAUSE_STATUS = Coded("زمینه", "thritaEHR.deathCauseStatus", "1")
INSURERS = _list("thritaEHR.Insurer", _1="تأمین اجتماعی", _2="خدمات درمانی", _3="نیروهای مسلح", _37="آزاد")
BOXES = _list("thritaEHR.insuranceBox", _1="بیمه اجباری", _26_1="کارکنان دولت", _26_3="روستایی", _99="صندوق پایه")
SPECIALTIES = _list(
    "thritaEHR.specialty",
    _151212="دکترای پزشکی",
    _171166="داخلی",
    _171250="جراحی عمومی",
    _171108="ارتوپدی",
    _171178="بیهوشی",
)
ROLE_ATTENDING = Coded("پزشک معالج", "thritaEHR.healthcareProvider.role", "1.1")
ORGANISATIONS = {
    "hospital": Coded("بیمارستان", "thritaEHR.organizationType", "5"),
    "clinic": Coded("درمانگاه", "thritaEHR.organizationType", "32"),
}
HEALTH_CENTRE = Coded("مرکز بهداشتی درمانی", "thritaEHR.Organizationtype", "26")
DIAGNOSIS_STATUS = _list("thritaEHR.daignosis.status", _1="تشخیص اولیه", _2="تشخیص حین درمان", _3="تشخیص نهایی")
ORDINALS = _list("thritaEHR.ordinalTerm", _0="منفی", _1="خفیف", _2="متوسط", _3="شدید")
ENCOUNTERS = _list("ICPC2P", A01004="Pain;generalised", X52025="Ablation;endometrial", R05001="Cough")
SERVICE_TYPES = _list(
    "thritaEHR.serviceType",
    _1="خدمات مشاوره‌ای",
    _2="خدمات پرستاری",
    _15="آزمایشات تشخیص طبی",
    _19="ویزیت",
    _22="اتاق عمل",
    _26="هتلینگ",
    _44="خدمات جراحی",
)
SUPPLY_TYPES = _list("thritaEHR.serviceType", _4_1="داروی مصرفی بخش", _5_2="لوازم مصرفی بخش")
K_TYPES = _list("thritaEHR.kType", _2="داخلی", _4="جراحی", _7="عمومی")
FREQUENCIES = _list("SNOMEDCT", _229797004="Once daily", _229799001="Twice a day", _229798009="Three times daily")
ROUTES = _list("SNOMEDCT", _26643006="Oral route", _78421000="Intramuscular route", _47625008="Intravenous route")
PRIORITIES = _list("SNOMEDCT", _50811001="Routine", _25876001="Emergency")
SPECIMENS = _list("SNOMEDCT", _119297000="Blood specimen", _122575003="Urine specimen", _119364003="Serum specimen")
METHODS = _list("SNOMEDCT", _58779000="Bioassay", _104177005="Blood culture")
BODY_SITES = _list("SNOMEDCT", _51185008="Thorax", _818983003="Abdomen", _69536005="Head structure")
RESULT_STATUS = Coded("Final report", "SNOMEDCT", "446053003")
CODED_RESULTS = _list("SNOMEDCT", _260385009="Negative", _10828004="Positive")
