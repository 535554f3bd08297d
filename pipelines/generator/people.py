"""The block `Person` of a message, and the names of those who treat: all invented.

Belongs here: demographics. Does not: coded items that a rule judges.
"""

import datetime as dt
from random import Random

from pipelines.generator import lists
from pipelines.generator.names import fake_address, fake_mobile, fake_national_code, invented_name
from pipelines.generator.nodes import Obj, date, identifier


def area(rng: Random) -> Obj:
    """HighLevelAreaVO: where somebody lives or was born."""
    return Obj(
        [("Country", lists.COUNTRY), ("Province", rng.choice(lists.PROVINCES)), ("Town", rng.choice(lists.TOWNS))]
    )


def person(rng: Random) -> Obj:
    """PersonInfoVO of an invented patient."""
    first, last = invented_name(rng), invented_name(rng)
    born = dt.date(1935, 1, 1) + dt.timedelta(days=rng.randrange(31_000))
    attributes = (("FirstName", first), ("LastName", last), ("NationalCode", fake_national_code(rng)))
    rich = rng.random() < 0.6
    return Obj(
        [
            ("OtherContacts", None),
            ("OtherIdentifier", None),
            ("BirthPlaceArea", area(rng) if rich else None),
            ("Religion", lists.RELIGION[0] if rng.random() < 0.3 else None),
            ("MaritalStatus", rng.choice(lists.MARITAL)),
            ("Nationality", lists.COUNTRY),
            ("BirthDate", date(born)),
            ("Father_FirstName", invented_name(rng)),
            ("FullName", f"{first} {last}"),
            ("PostalCode", f"99{rng.randrange(10**8):08d}"),
            ("Gender", rng.choice(lists.GENDER)),
            ("Job", None),
            ("FullAddress", fake_address(rng)),
            ("LivingPlaceArea", area(rng) if rich else None),
            ("IDCardNumber", str(rng.randrange(1, 99_999))),
            ("HomeTel", f"0990{rng.randrange(10**7):07d}"),
            ("MobileNumber", fake_mobile(rng)),
            ("EducationLevel", rng.choice(lists.EDUCATION) if rich else None),
        ],
        attributes,
        shared=True,
    )


def provider(rng: Random) -> Obj:
    """HealthcareProviderVO with speciality and role: a doctor."""
    first, last = invented_name(rng), invented_name(rng)
    return Obj(
        [
            ("Specialty", rng.choice(lists.SPECIALTIES)),
            ("Identifier", identifier("Med_Council", str(rng.randrange(10_000, 99_999)), "Med_ID")),
            ("Role", lists.ROLE_ATTENDING),
            ("ContactPoint", None),
        ],
        (("FirstName", first), ("LastName", last), ("FullName", f"{first} {last}")),
        shared=True,
    )


def committer(rng: Random) -> Obj:
    """ProviderInfoVO: a clerk or prescriber, without coded items."""
    first, last = invented_name(rng), invented_name(rng)
    number = identifier("National_Org_Civil_Reg", fake_national_code(rng), "National_Code")
    return Obj(
        [("Identifier", number), ("ContactPoint", None)],
        (("FirstName", first), ("LastName", last), ("FullName", f"{first} {last}")),
        shared=True,
    )
