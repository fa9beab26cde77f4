"""Forms of agreements: what comes in, parsed and told where it is wrong."""
