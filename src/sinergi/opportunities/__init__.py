"""What follows from the evidence: needs, strengths, partners, reasons, priority list."""
