"""What can go wrong through no fault of ours.

    Exception
    └── UserError            one sentence that says what is wrong and how to cure it; exit status 1
        └── RecordError      … about a record's file: the file cannot be read as a record

Anything else that is raised is a bug of this project and shows its traceback.
"""


class UserError(Exception):
    """A mistake that the user can cure; its text is one sentence that says what and how."""


class RecordError(UserError):
    """A file that cannot be read as a record (missing, empty, damaged, scanned, not text)."""
