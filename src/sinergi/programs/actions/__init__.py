"""What people do with plans: one function a deed, each a transaction with its line of history."""
