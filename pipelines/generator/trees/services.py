"""The table of services: names, operations, roots, shares, who sends them.

Belongs here: what tells services apart. Does not: their trees.
"""

from collections.abc import Callable
from typing import NamedTuple

from pipelines.generator.nodes import Obj
from pipelines.generator.sender import Visit
from pipelines.generator.trees import (
    dispensed_prescription,
    imaging_prescription,
    lab_prescription,
    lab_result,
    medication_prescription,
    other_services,
    patient_bill,
)


class Service(NamedTuple):
    """One service. `senders`: kinds of facility with their weight."""

    name: str
    operation: str
    root: str
    composition: Callable[[Visit], Obj]
    share: float
    senders: dict[str, float]
    composition_first: bool = False

    def top(self, visit: Visit) -> list[tuple[str, Obj]]:
        """The three children of the message in the order this service has them."""
        composition = self.composition(visit)
        if self.composition_first:
            return [("Composition", composition), ("MsgID", visit.msg_id), ("Person", visit.person)]
        return [("Person", visit.person), ("MsgID", visit.msg_id), ("Composition", composition)]


_CARE = {"hospital": 1.0, "clinic": 1.0, "office": 1.0}
SERVICES = (
    Service(
        "PatientBill",
        "SavePatientBill",
        "PatientBillMessageVO",
        patient_bill.composition,
        34.3,
        {"hospital": 5.0, "clinic": 2.0, "imaging": 0.5},
    ),
    Service(
        "MedicationPrescription",
        "SaveMedicationPrescription",
        "MedicationPrescriptionsMessageVO",
        medication_prescription.composition,
        24.5,
        _CARE,
    ),
    Service(
        "LabResult",
        "SaveLaboratoryResult",
        "LaboratoryResultMessageVO",
        lab_result.composition,
        11.8,
        {"hospital": 1.0, "laboratory": 3.0},
    ),
    Service(
        "DispensedPrescription",
        "SaveDispensedPrescription",
        "DispensedPrescriptionsMessageVO",
        dispensed_prescription.composition,
        11.8,
        {"pharmacy": 4.0, "hospital": 0.5},
        True,
    ),
    Service(
        "LabPrescription",
        "SaveLaboratoryPrescription",
        "LaboratoryPrescriptionsMessageVO",
        lab_prescription.composition,
        8.8,
        _CARE,
    ),
    Service(
        "ImagingPrescription",
        "SaveMedicalImagePrescription",
        "ImagingPrescriptionsMessageVO",
        imaging_prescription.composition,
        4.9,
        _CARE,
    ),
    Service(
        "SIYABReport", "SaveSIYABReport", "SOAPMessageVO", other_services.siyab, 1.2, {"clinic": 1.0, "hospital": 0.2}
    ),
    Service(
        "PathologyReport",
        "SavePathologyReport",
        "LaboratoryResultMessageVO",
        other_services.pathology,
        0.8,
        {"laboratory": 1.0, "hospital": 1.0},
    ),
)
