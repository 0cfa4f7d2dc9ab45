"""The reader: screens and widgets over a library."""
