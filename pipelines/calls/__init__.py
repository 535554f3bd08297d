"""The call log of the validation service and the results of sending: read, masked, mapped to our rules, matched to landed messages.

Belongs here: everything between a log file and the tables of docs/architecture.md («The call log»). Does not: the reading of
messages (`landed`), what a text means (`expectations/validation_service/answers.yaml`), the mart.
"""
