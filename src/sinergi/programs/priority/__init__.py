"""Rankings: values from evidence and people, weights of people, and what follows from both."""
