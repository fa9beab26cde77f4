"""Reports of agreements, and batches of them."""
