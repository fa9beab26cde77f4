"""E-mail: letters in the language of their reader, sent by the worker, each once."""
