"""Plans for programs: read them, their versions and lines; make and change them."""
