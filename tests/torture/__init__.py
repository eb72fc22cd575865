"""The battery in its quick form, on the database of the run, and every planted fault found."""
