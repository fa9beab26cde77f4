"""What people do in forums: one function a deed, each a transaction with its line of history."""
