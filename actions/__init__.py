"""Verbs of the programme: one async function is one transaction's work. The caller commits."""
