"""The exceptions of the grader: one for each audience."""


class CheckError(Exception):
    """Something a learner can put right: an unknown exercise, a file that is not there."""


class GradingError(Exception):
    """Something a teacher can put right: no expected values, a gradebook that is locked."""
