"""SOAP: attribute XML inside `soap:Envelope/soap:Body`, in an element named for the operation.

Belongs here: the wrapping. Does not: the content (`xml_attributes`).
"""

from pipelines.generator.dialects.xml_attributes import XSD, XSI, Style, body
from pipelines.generator.nodes import Obj

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_SEPAS = "http://sepas.behdasht.gov.ir/"


def document(operation: str, top: list[tuple[str, Obj]]) -> str:
    """The whole envelope. The bill service's element is called PatientBill, the others like their operation."""
    element = "PatientBill" if operation == "SavePatientBill" else operation
    head = f'<soap:Envelope xmlns:soap="{_SOAP}" xmlns:xsi="{XSI}" xmlns:xsd="{XSD}"><soap:Body><{element} xmlns="{_SEPAS}">'
    return f"{head}{body(top, Style())}</{element}></soap:Body></soap:Envelope>"
