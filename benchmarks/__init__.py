"""What is measured, side by side with what users would otherwise pick. `make bench`, or `make bench ARGS=turn`."""
