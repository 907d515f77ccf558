"""A whole mentoring season on every channel, over real HTTP: the house as it runs, people as they type."""
