"""Code lists, dated: reading official releases, standing in for missing ones, and `reference.codes` made of them.

Belongs here: what people may ask of this folder. Heavy imports wait until a function needs them.
"""

from pipelines.terminologies.carried import carried
from pipelines.terminologies.changes import changes_path
from pipelines.terminologies.codes import build_codes, codes_path
from pipelines.terminologies.diff import compare, diff_releases
from pipelines.terminologies.ensure import calendar_path, ensure
from pipelines.terminologies.names import TERMINOLOGIES, canonical
from pipelines.terminologies.pairs import between, find_pair
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
    "between",
    "build_codes",
    "calendar_path",
    "canonical",
    "carried",
    "changes_path",
    "codes_path",
    "codes_under",
    "compare",
    "diff_releases",
    "ensure",
    "find_pair",
    "fingerprint",
    "list_releases",
    "maps_path",
    "policies",
    "policy",
]
