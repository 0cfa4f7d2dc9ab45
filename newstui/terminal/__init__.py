"""What surrounds the screens: the terminal, its clipboard, and the programs that open links."""
