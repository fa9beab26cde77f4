"""Reports of agreements: sheets, Word documents, batches of them."""
