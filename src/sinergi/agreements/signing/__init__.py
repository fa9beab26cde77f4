"""Signatures: who signs before whom, and what electronic signatures in a PDF are worth."""
