"""Code lists, dated: reading official releases, standing in for missing ones, and `reference.codes` made of them.

Belongs here: what people may ask of this folder. Heavy imports wait until a function needs them.
"""

from pipelines.terminologies.carried import carried
from pipelines.terminologies.codes import build_codes, codes_path
from pipelines.terminologies.diff import diff_releases
from pipelines.terminologies.ensure import calendar_path, ensure
from pipelines.terminologies.names import TERMINOLOGIES, canonical
from pipelines.terminologies.policies import IN_FORCE, codes_under, policies, policy
from pipelines.terminologies.releases import add_release, add_workbook
from pipelines.terminologies.store import fingerprint, list_releases
from pipelines.terminologies.tables import attributes_path, maps_path

__all__ = [
    "IN_FORCE",
    "TERMINOLOGIES",
    "add_release",
    "add_workbook",
    "attributes_path",
    "build_codes",
    "calendar_path",
    "canonical",
    "carried",
    "codes_path",
    "codes_under",
    "diff_releases",
    "ensure",
    "fingerprint",
    "list_releases",
    "maps_path",
    "policies",
    "policy",
]
