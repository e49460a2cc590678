"""The exercises whose chapter the book has: each of them must be on a page."""

from course.places import BOOK
from grader.exercises import EXERCISES

PUBLISHED = [exercise for exercise in EXERCISES if (BOOK / exercise.chapter).is_dir()]
