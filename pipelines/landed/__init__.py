"""Extracts → typed rows, as sent. Nothing is corrected here; what cannot be read is quarantined and its neighbours go on."""
