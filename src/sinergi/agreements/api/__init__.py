"""What programs read of agreements."""
