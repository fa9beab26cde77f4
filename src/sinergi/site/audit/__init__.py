"""Pages and files of the audit trail."""
