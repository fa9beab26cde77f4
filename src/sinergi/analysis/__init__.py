"""Methods of regional analysis. Tables in, tables out: knows no Django, no files, no country."""
