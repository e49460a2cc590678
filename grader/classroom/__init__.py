"""Grade a whole class: many workers compute, one writer stores, and it can go on where it stopped.

Submissions are read one after the other, graded as pure values in worker processes (`pool`) or on
a cluster (`cluster`), and stored by one writer (`store`), which notes each student in a journal.
"""
