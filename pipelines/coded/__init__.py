"""Landed extracts → messages with their senders named, coded items with the rule that judges them, distinct codings."""
