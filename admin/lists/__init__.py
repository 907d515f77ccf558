"""What each list of the admin consists of; `admin.pages` show them, `docs/how-to/table.md` says how one is made."""
