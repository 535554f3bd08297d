"""How a tree is written: attribute XML with or without prefix, XML of elements, JSON in two cases, SOAP. `write` chooses by vendor.

Belongs here: one module a wire form. Does not: what surrounds messages (`containers`).
"""
