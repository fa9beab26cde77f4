"""Documents of an agreement: texts with placeholders, filled from its data, checked against it, rendered."""
