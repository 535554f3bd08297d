"""Names of elements and keys, made one over the dialects: namespace and prefix dropped, capital first, known names as the SDK writes them.

Class wrappers (`ServiceDetailsVO`, `QuantitiesVO` …) are no step of a path: JSON and element-form XML do not have them.
"""

import re
from functools import lru_cache

from pipelines.landed.message import Broken

# Names whose inner capitals cannot be guessed when a sender writes all small letters.
_KNOWN = """
MsgID SystemID HealthCareFacilityID UniversityID PatientUID CompositionUID VersionLifecycleState Composition Person Committer
Admission AdmissionWard AdmissionType AdmissionDate AdmittingDoctor ReferringDoctor AttendingDoctor ReasonForEncounter Institute
BillServices BillSummary RelatedService ServiceType Service ServiceDetails OtherCosts TotalOtherCosts InsuranceOtherCosts
ServiceGroupRow WardType HospitalWard Insurance Insurer InsuranceBox InsurerBox GlobalPackage RelativeCost KType ServiceProvider
Diagnosis Death Cause DeathLocation Discharge DischargeDate ConditionOnDischarge MedicalRecordType
DispensedPrescriptions MedicationDispensed CompoundedProduct ReplaceMedication ProductCode DateDispense DrugName
MedicationPrescriptions Orders IssueDate IssueDateTime ServicePrescriptions ServiceDetail
LabRequest LabResult LaboratoryResultRow LaboratoryPanel TestName TestPanel DateTimeResult PathologyDiagnosis LabTestName
Terminology_id Coded_string Value Type Name Year Month Day ID Questionnaire SpecimenDate
Specialty Role Status Severity Symbol Coding Priority Route Frequency Shape Substitution ReasonCode Location Country Province City
ResultStatus TestResult SpecimenType ArrivalMode ConditionVerificationStatus ConditionClinicalStatus LabTestResultVO
"""
_BY_SMALL = {name.lower(): name for name in _KNOWN.split()}
LONGEST_NAME = 300
_LONG_NUMBER = re.compile(r"[0-9]{8,}")


@lru_cache(maxsize=1 << 16)
def local_name(tag: str) -> str:
    """`Service` for `{http://thrita…/VM/}Service`, `VM:Service`, `service`. A key that is somebody's number does not travel on."""
    if len(tag) > LONGEST_NAME:  # names are remembered here and in places; a hostile one must not fill the memory
        raise Broken("not_a_message", f"a name of more than {LONGEST_NAME} characters")
    name = tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1]
    return _BY_SMALL.get(name.lower()) or _LONG_NUMBER.sub("#", name[:1].upper() + name[1:])


def is_wrapper(name: str) -> bool:
    """True for the name of a class, which stands around a row of a list."""
    return name.endswith("VO")
