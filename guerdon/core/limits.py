"""Every limit of the house in one place; the docs print this table."""

from typing import Final

INT64_MAX: Final = 2**63 - 1
POINTS_MAX: Final = 10**15  # in the unit's smallest step; far below int64, so sums of many stay inside it
MONEY_MAX: Final = 10**13  # in minor units
QUANTITY_MAX: Final = 10**6
LINES_MAX: Final = 1_000
TENDERS_MAX: Final = 20
TAGS_MAX: Final = 20
ATTRIBUTES_MAX: Final = 50
SEGMENTS_MAX: Final = 100
NAME_CHARS_MAX: Final = 200
KEY_CHARS_MAX: Final = 64
IDENTIFIER_CHARS_MAX: Final = 255
IDENTIFIERS_MAX: Final = 50  # of one kind, for one member
IDEMPOTENCY_KEY_CHARS_MAX: Final = 255
TEXT_CHARS_MAX: Final = 2_000
BATCH_MAX: Final = 1_000
BATCH_STEP: Final = 250  # so many of a batch share a transaction, so that others get their turn in between
BODY_BYTES_MAX: Final = 8 * 1024 * 1024
JSON_DEPTH_MAX: Final = 20
BODY_SECONDS_MAX: Final = 30  # how long a request's body may take to arrive
HEAD_SECONDS_MAX: Final = 15  # the same for its headers
IDLE_SECONDS_MAX: Final = 75  # between two requests of one connection
STALLED_SECONDS_MAX: Final = 60  # for a caller who does not read the answer
HEAD_BYTES_MAX: Final = 64 * 1024
CONNECTIONS_MAX: Final = 2_000  # per server process
WAITING_REQUESTS_MAX: Final = 200  # behind the thread pool of one process; more are told to come back
KEY_CACHE_SECONDS: Final = 1  # for so long a revoked key may still be served
PAGE_ROWS_MAX: Final = 500
PAGE_ROWS_DEFAULT: Final = 50

RULES_MAX: Final = 500
UNITS_MAX: Final = 20
CONDITIONS_PER_RULE_MAX: Final = 100
CONDITION_DEPTH_MAX: Final = 6
CHOICES_MAX: Final = 10_000
EFFECTS_PER_RULE_MAX: Final = 10
TABLE_STEPS_MAX: Final = 50
SCALE_MAX: Final = 6
MULTIPLIER_MAX: Final = 1_000
VALIDITY_DAYS_MAX: Final = 36_600
PROGRAMME_BYTES_MAX: Final = 2 * 1024 * 1024

CLOCK_SKEW_SECONDS_MAX: Final = 300  # how far in the future an activity may claim to have happened
LATE_GRACE_DAYS: Final = 30  # LAW 5.6
RETRIES_MAX: Final = 5
ENDED_JOB_DAYS: Final = 30  # for so long a job that ended, well or badly, is remembered
IMPORT_CELL_CHARS_MAX: Final = 10_000
IMPORT_CHUNK_ACTIVITIES: Final = 3_000
