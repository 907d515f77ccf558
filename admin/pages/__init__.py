"""One router per resource. A route gets, acts, shows."""
