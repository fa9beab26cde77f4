"""What people do with organisations, roles, invitations, tokens and shares: one function a deed."""
