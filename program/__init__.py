"""Pure rules of the programme: values in, values out. No clock, no network, no database."""
