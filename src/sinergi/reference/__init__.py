"""What law and map say: regions, affairs, cooperation objects, rules."""
