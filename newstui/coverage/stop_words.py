"""English words that say nothing about what a text tells."""

_COMMON = """
a about after all also amid an and are as at be been before but by can could for from get gets had has have he
her his how i if in into is it its just may might more most new no not now of on or our out over per said say
says she so than that the their them these they this those to up us via was we were what when which who why will
with would you your
"""
STOP_WORDS = frozenset(_COMMON.split())
