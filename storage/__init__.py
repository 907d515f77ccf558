"""Rows and queries. A query is a function of a session; it never commits, knows no rule and no text."""
