"""Every limit of the house in one place; `python -m tests.limits` prints it as docs/reference/limits.md."""

from typing import Final

# ── Amounts
INT64_MAX: Final = 2**63 - 1  # the largest whole number anywhere: what both databases hold exactly
POINTS_MAX: Final = 10**15  # points of one amount, in the smallest step; far below int64, so that sums stay inside it
MONEY_MAX: Final = 10**13  # money of one amount, in minor units
QUANTITY_MAX: Final = 10**6  # pieces of one line
YEAR_MAX: Final = 9990  # the last year of an instant that is told: every zone still has days after it
NUMBER_MAX: Final = 2**53 - 1  # an attribute or fact that is a number: what JSON carries exactly

# ── What is told of an activity and a member
LINES_MAX: Final = 1_000  # lines of one activity
TENDERS_MAX: Final = 20  # ways of paying of one activity
TAGS_MAX: Final = 20  # tags of one line
ATTRIBUTES_MAX: Final = 50  # attributes of a member, facts of an activity
SEGMENTS_MAX: Final = 100  # segments one member is in
FOUND_WORDS_MAX: Final = 12  # words of a name by which a member is found, and of a search
FOUND_LETTERS_MIN: Final = 2  # letters of a word that somebody has typed, before it finds anybody
FOUND_LETTERS_MAX: Final = 24  # letters of such a word that are compared
NAME_CHARS_MAX: Final = 200  # a name, a reason, an attribute that is a text
KEY_CHARS_MAX: Final = 64  # a key: of a programme, a rule, a unit, a segment, an attribute, a source
IDENTIFIER_CHARS_MAX: Final = 255  # an external id, a card, an e-mail, a phone number
IDENTIFIERS_MAX: Final = 50  # identifiers of one kind, of one member
IDEMPOTENCY_KEY_CHARS_MAX: Final = 255  # an `Idempotency-Key`; LAW 2.2
TEXT_CHARS_MAX: Final = 2_000  # any text in a request
NOTE_CHARS_MAX: Final = 1_000  # a note of the staff about a member
CLOCK_SKEW_SECONDS_MAX: Final = 300  # how far in the future an activity may claim to have happened
CLOCK_STEP_DAYS_MAX: Final = 400  # how far a test clock moves in one go
LATE_GRACE_DAYS: Final = 30  # what points of a late activity live at least, as long as their validity; LAW 5.6
HOLD_SECONDS_MIN: Final = 60  # the shortest time to live of a hold
HOLD_DAYS_MAX: Final = 366  # the longest, in calendar days
QUOTED_VOUCHERS_MAX: Final = 200  # vouchers of a member that a quote looks at, those first that end first
QUOTED_REWARDS_MAX: Final = 20  # rewards that a quote tells
VERSION_YEARS_AHEAD_MAX: Final = 10  # how far ahead a version of the programme may come into force
CONVERSIONS_PER_NIGHT_MAX: Final = 100  # of one unit of an account; the rest waits for the next night
UNDO_MINUTES_MAX: Final = 24 * 60  # how long after it was recorded a till may undo a fact; later it is a return
AGE_YEARS_MAX: Final = 120  # how long ago somebody may have been born
TILL_UNDO_MINUTES_MAX: Final = 15  # how long after it was recorded its cashier may undo a purchase at the till
TILL_DIGITS_MAX: Final = 7  # digits before the point of an amount at the till: the shortest barcode has eight
TILL_FOUND_MAX: Final = 8  # members of a name that a till is told: so many can be looked through with a queue behind
TILL_BOUGHT_MAX: Final = 5  # last purchases of a member that a till is told, to know one again and to take it back
TILL_CODE_HOURS_MAX: Final = 72  # how late a code is told that was typed without a network, and good then
TILL_LINES_MAX: Final = 20  # lines that are typed at the till beside a total
VOCABULARY_NUMBERS: Final = 20_000  # last entries of the journal among which words for rules are looked for
VOCABULARY_FACTS: Final = 1_000  # of the programme's, how many of these are read
VOCABULARY_WORDS: Final = 100  # categories, products, stores … of each that are offered
TILL_DAY_MAX: Final = 5_000  # acts of a kind that the totals of a day at one till count
HOLDS_MAX: Final = 1_000  # open holds of one member

# ── Vouchers and gift cards
CODE_CHARS_MAX: Final = 64  # a code, also one that was brought in from elsewhere
WRONG_CODES_TOLD: Final = 20  # codes of a list that can't be read and are named; the others are counted
CODES_MAX: Final = 10_000  # codes that one request makes or brings in
VOUCHERS_TOGETHER_MAX: Final = 10  # vouchers that are shown with one basket
BEST_LOOKS_MAX: Final = 5_000  # at a voucher, until a quote takes the best found so far of those that go together
VOUCHER_USES_MAX: Final = 1_000_000_000  # how often one code can be used
GIFT_CARD_MAX: Final = 10**9  # what one gift card is loaded with at once, in minor units, where the file says no less
GUESSES_MAX: Final = 10  # wrong codes of one client of a key, or without one, before it must wait; LAW 8.3
GUESSES_OF_KEY_MAX: Final = 1_000  # wrong codes of one key, whatever clients it names
GUESSES_SECONDS: Final = 900  # within so long, and so long it waits
ATTEMPTS_SECONDS: Final = 900  # the while in which sign-ins are counted, and so long whoever tried too often waits
SIGN_INS_OF_USER_MAX: Final = 10  # wrong passwords or codes of one address, before it must wait
SIGN_INS_OF_PLACE_MAX: Final = 100  # wrong passwords or codes from one network address
CODES_OF_USER_MAX: Final = 5  # sign-in codes sent to one address in that while
INVITATION_HOURS: Final = 72  # for so long an invitation to become staff can be accepted
ENTRY_HOURS: Final = 24  # for so long a link that the operator made lets somebody in
CODES_AHEAD: Final = 120  # codes of half a minute each that the card on a phone has for when there is no network
ASIDE_CHARS_MAX: Final = 65_536  # of a form that waits in a session until somebody has shown again who they are
ASIDE_SECONDS: Final = 1_800  # for so long a form that came when the session was over waits for who sent it to sign in
QUESTIONS_MAX: Final = 8  # that wait in a session for their yes, as in several windows; the oldest gives way
QUESTION_CHARS_MAX: Final = 16_384  # of a form that waits with its question in a session
FRONT_PROGRAMMES_MAX: Final = 50  # programmes whose doors the start page shows
FRESH_SECONDS: Final = 300  # for so long who has shown who they are need not do so again before what matters
STAFF_HOURS: Final = 12  # for so long a second factor opens pages of the staff, until it is asked for again
SESSION_IDLE_DAYS: Final = 30  # for so long nothing is kept in a session, until it is over
SESSION_DAYS: Final = 90  # for so long somebody stays signed in at most, until they show again who they are
APP_CODE_SECONDS: Final = 90  # for so long a code of an app may be shown, once: its half minute, and one on each side
PASSWORD_CHARS_MIN: Final = 12  # of a password; what many people use counts less
PASSWORD_CHARS_MAX: Final = 200  # of a password, of any kind
PASSWORD_COMMON_WORTH: Final = 4  # characters that a part of a password counts which many people use

# ── Claims
CLAIMS_OPEN_MAX: Final = 5  # open claims of one member
CLAIMS_A_DAY_MAX: Final = 5  # claims that one member opens in a local day
CLAIM_STEPS_MAX: Final = 500  # steps of one claim; after them it can only be settled
CLAIM_PHOTOS_MAX: Final = 6  # photos of one claim
CLAIM_PHOTO_BYTES_MAX: Final = 5632 * 1024  # one of them as it is sent; with its base 64 a request has room for it
CLAIM_PHOTO_PIXELS_MAX: Final = 8_192  # its width, and its height
CLAIM_PRIORITY_LAST: Final = 9  # the lowest priority, which everybody has who has no other; 1 is the highest
CLAIM_TWINS_MAX: Final = 10  # other claims about the same receipt that are named
ANSWER_HOURS_MAX: Final = 24 * 90  # the longest time that may be promised for an answer
REOPEN_DAYS_MAX: Final = 366  # for how long a settled claim may be reopened
ANSWERS_MAX: Final = 100  # ready answers of a programme
ANSWER_CHARS_MAX: Final = 1_000  # the text of one of them

# ── Requests and connections
BATCH_MAX: Final = 1_000  # activities of one request
BATCH_STEP: Final = 250  # so many activities of a batch share a transaction, so that others get their turn in between
GROUP_MAX: Final = 128  # concurrent requests that share one transaction
BODY_BYTES_MAX: Final = 8 * 1024 * 1024  # the body of a request
JSON_DEPTH_MAX: Final = 20  # levels inside each other, in a request and in a programme file
PARAMETERS_MAX: Final = 20  # parameters behind the question mark of an address
PAGE_ROWS_MAX: Final = 500  # rows of one page of a list
TASKS_COUNTED_MAX: Final = 20  # things of a kind that the first page of the console counts; above it says more
STOCK_LOW: Final = 5  # pieces of a reward left that the first page of the console warns of
PAGE_ROWS_DEFAULT: Final = 50  # the same, where the caller says nothing
BODY_SECONDS_MAX: Final = 30  # how long a request's body may take to arrive
HEAD_SECONDS_MAX: Final = 15  # the same for its headers
IDLE_SECONDS_MAX: Final = 75  # between two requests of one connection
STALLED_SECONDS_MAX: Final = 60  # for a caller who does not read the answer
HEAD_BYTES_MAX: Final = 64 * 1024  # the headers of a request
CONNECTIONS_MAX: Final = 2_000  # open connections of one server process
BRANDS_KEPT_MAX: Final = 256  # style sheets of brands that a serving process keeps
WAITING_REQUESTS_MAX: Final = 200  # requests behind the thread pool of one process; more are told to come back
PROCESSES_MAX: Final = 64  # server processes side by side, on PostgreSQL
SETTLING_SECONDS_MAX: Final = 20  # how long seals, closed months, figures and alerts wait for who took a journal number
NIGHT_SETTLING_SECONDS_MAX: Final = 2  # the same for a night that begins; then it goes on, and nothing is proved of it
KEY_CACHE_SECONDS: Final = 1  # for so long a revoked key may still be served
RETRIES_MAX: Final = 5  # attempts at a transaction that meets another one: deadlock, serialisation, busy
LOOP_LOCK_MILLIS_MAX: Final = 300  # how long the event loop, and so everybody, may wait for a locked row of one member

# ── The programme file
PROGRAMME_BYTES_MAX: Final = 2 * 1024 * 1024  # the file
PROGRAMME_PARTS_MAX: Final = 500_000  # values, lists and mappings in it
DRAFTS_MAX: Final = 100  # drafts of a programme that are neither published nor discarded
EDITS_MAX: Final = 500  # edits of a draft in one request
DRAFT_STEPS_MAX: Final = 2_000  # steps of one draft
RULES_MAX: Final = 500  # rules of a programme
UNITS_MAX: Final = 20  # units of a programme
LANGUAGES_MAX: Final = 30  # languages of its names
KINDS_MAX: Final = 100  # kinds of activity of its own
REASONS_MAX: Final = 200  # reasons for adjustments
REMINDERS_MAX: Final = 20  # days before expiry on which members are reminded
TOLD_RATES_MAX: Final = 1_000  # exchange rates of one request
RATE_YEAR_MIN: Final = 1970  # the first year of which a rate can be told
RATE_AHEAD_DAYS_MAX: Final = 366  # so far ahead a rate can be told
RATES_MAX: Final = 5_000  # foreign currencies of a programme, and rates of each
ALTERNATIVES_MAX: Final = 64  # alternatives of one condition that the view of conflicts looks at
CONFLICT_PAIRS_MAX: Final = 2_000  # pairs of rules that it tells
CONDITIONS_PER_RULE_MAX: Final = 100  # conditions of one rule, voucher, reward or segment, on lines included
CONDITIONS_MAX: Final = 5_000  # conditions of all rules, vouchers and rewards of a programme together
CONDITION_DEPTH_MAX: Final = 6  # conditions inside each other
SAVED_SEGMENTS_MAX: Final = 500  # saved segments of a programme
SEGMENT_READ_MILLIS_MAX: Final = 5_000  # for how long one request may count, or look for, the members of a segment
PREVIEWED_OF_SEGMENT: Final = 10  # members that the preview of a segment names
CHOICES_MAX: Final = 10_000  # words of one list in a condition
NTH_MAX: Final = 1_000_000  # “every n-th”, “the n-th” activity
EFFECTS_PER_RULE_MAX: Final = 10  # effects of one rule
TABLE_STEPS_MAX: Final = 50  # steps of one table
USES_MAX: Final = 1_000_000  # how often a rule may be limited to fire
PRIORITY_MAX: Final = 1_000_000  # the priority of a rule, up or down
COMBINATIONS_MAX: Final = 256  # combinations of the rules of all exclusivity groups, per kind of activity
SCALE_MAX: Final = 6  # decimals of a unit
MULTIPLIER_MAX: Final = 1_000  # the largest factor
DENOMINATOR_MAX: Final = 1_000  # below the line of a factor
PLANS_MAX: Final = 50  # plans of paid memberships of a programme
PLAN_MONTHS_MAX: Final = 120  # months of one period of a plan
PLAN_RANK_MAX: Final = 1_000  # the rank of a plan
LADDERS_MAX: Final = 5  # ladders of tiers of a programme
LEVELS_MAX: Final = 20  # tiers of one ladder
BENEFITS_MAX: Final = 50  # benefits of one tier
BENEFIT_NUMBER_MAX: Final = 1_000  # hours or tickets of a benefit
CAUSES_MAX: Final = 100  # causes that members can give points to
VOUCHERS_MAX: Final = 500  # kinds of vouchers of a programme
REWARDS_MAX: Final = 1_000  # rewards of a programme
NAMED_WORDS_MAX: Final = 1_000  # words of a kind that have a name in the programme file
REWARD_CATEGORIES_MAX: Final = 100  # categories of rewards
PRICES_MAX: Final = 10  # prices of one reward, of which a member pays one
PRIZES_MAX: Final = 50  # prizes of one mystery
PRIZE_WEIGHT_MAX: Final = 1_000_000  # the weight of one prize among all of a mystery
GUARANTEE_DRAWS_MAX: Final = 1_000  # draws in a row of which one gives the guaranteed prize
CHANCE_COOL_DOWN_DAYS: Final = 7  # days after which a member who switched chance off can switch it on again
SEEDS_SHOWN_MAX: Final = 100  # seeds of draws that are listed at once, the latest first
TERMS_CHARS_MAX: Final = 500  # the terms of a reward
CHOICES_PER_REWARD_MAX: Final = 10  # what is chosen of one reward: a size, a colour, …
OPTIONS_MAX: Final = 100  # options of one choice
PICTURE_BYTES_MAX: Final = 512 * 1024  # the picture of a reward
PICTURE_PIXELS_MAX: Final = 4_096  # its width, and its height
SETTLED_DAYS: Final = 90  # days for which lists show redemptions that are handed over, given up or over
FUNNEL_ROWS_MAX: Final = 5_000  # redemptions of one reward that are counted for one request, the latest first
VARIANTS_MAX: Final = 500  # combinations of options whose pieces are counted apart
RESERVE_MINUTES_MAX: Final = 60 * 24 * 30  # for how long a reward can be reserved
PREVIEWED_MEMBERS_MAX: Final = 20_000  # members on whom one request tries a draft; the command line tries it on all
CONSENTS_MAX: Final = 50  # consents that a programme asks for
CONSENT_CHARS_MAX: Final = 2_000  # what members agree to
CONSENT_VERSIONS_MAX: Final = 10_000  # wordings of one consent
RECIPIENTS_MAX: Final = 50  # others who get data for one consent
LINK_CHARS_MAX: Final = 500  # an address of a page in the file
HOUSEHOLD_PERSONS_MAX: Final = 50  # persons of one household
INVITATION_DAYS_MAX: Final = 365  # for how long an invitation into a household can stand
OFFER_DAYS_MAX: Final = 365  # days that points offered to another member can wait to be accepted
VALIDITY_DAYS_MAX: Final = 36_600  # days that points live or wait, or that a condition looks back
VALIDITY_MONTHS_MAX: Final = 1_200  # the same in months
ADDRESS_WAIT_HOURS_MAX: Final = 24 * 14  # for how long a new e-mail or phone can keep a member from giving points away

# ── Privacy
LOOKS_KEPT_DAYS: Final = 730  # for how long it is kept who looked at a member's personal data
DOWNLOAD_ROWS_MAX: Final = 100_000  # rows of one download over the API; `guerdon member download` has no limit
USERS_UNUSED_DAYS: Final = 90  # for so long an account stays that nobody ever signed in to, or an invitation of staff
ERASE_AFTER_DAYS_MAX: Final = 30  # how long a member can be let think before it is erased; the law asks for a month
ERASE_TRIES_MAX: Final = 5  # rounds of ending what a member has, where others keep adding to it

# ── The importer
IMPORT_CHUNK_ACTIVITIES: Final = 3_000  # activities that share a transaction at most
IMPORT_CHUNK_ROWS_MAX: Final = 20 * IMPORT_CHUNK_ACTIVITIES  # rows of one transaction, so that memory stays bounded
IMPORT_GROUP_ROWS_MAX: Final = 2 * LINES_MAX  # rows of one activity, before it is left out as too long
ADJUSTMENTS_OF_FILE_MAX: Final = 10_000  # rows of `guerdon adjust`, which are tried in one transaction
IMPORT_COLUMNS_MAX: Final = 2_000  # columns of a table that is brought in
RATES_OF_FILE_MAX: Final = 1_000_000  # rates of one bank's table; forty currencies for a century
IMPORT_CELL_CHARS_MAX: Final = 10_000  # one cell
IMPORT_ROW_BYTES_MAX: Final = 1024 * 1024  # one row with all the lines inside its quoted cells
IMPORT_REPEATS_MAX: Final = 100_000  # ids that come again later; more are no slips but a wrong mapping
IMPORT_GZIP_RATIO_MAX: Final = 200  # how far a packed file may expand; texts do ten- or twentyfold
IMPORT_GZIP_FREE_BYTES: Final = 64 * 1024 * 1024  # a size up to which nobody asks how far it expanded
PARQUET_ROW_GROUP_BYTES_MAX: Final = 80 * 1024 * 1024  # what is read of a row group, packed; keeps memory below 256 MiB
PARQUET_FOOTER_BYTES_MAX: Final = 16 * 1024 * 1024  # the description at the end of the file

# ── Seals and receipts
SEAL_ENTRIES_MAX: Final = 1_024  # entries of the journal under one seal, so that a receipt reads no more hashes
SEAL_NUMBERS_MAX: Final = 100_000  # journal numbers of one seal, entries of other programmes among them
RECEIPT_SEALS_MAX: Final = 1_000  # later seals that one receipt carries, to be held against a later head
RECEIPT_BYTES_MAX: Final = 16 * 1024 * 1024  # a receipt or a file of heads that `guerdon verify` reads

# ── Alerts
ALERT_DAYS: Final = 30  # so many days back patterns of fraud are looked for, but for shares of a cashier
ALERT_SHARE_DAYS: Final = 7  # the same for how much of all that a cashier recorded went to one card
ALERT_PURCHASES_MIN: Final = 5  # purchases on one card that are a share worth a look
ALERT_GIFTS_MIN: Final = 2  # gifts to a new account that are worth a look, where it spends them at once
ALERT_GIFTS_MAX: Final = 200_000  # gifts among which rings are looked for, those of the last `ALERT_DAYS`
ALERT_GIVES_TO_MAX: Final = 30  # members to whom one gave last, among whom rings of gifts are looked for
ALERT_SPENT_DAYS: Final = 7  # points given to a new account are spent at once within so many days
ALERT_CODES_SECONDS: Final = 3_600  # within so long wrong codes of one who types them are counted together
ALERT_SLOT_SECONDS: Final = 600  # in slots of so long, which are all that is kept of them
ALERT_TIMES_MAX: Final = 1_000  # from where on a programme may want to be alerted
ALERT_ENTRIES_MAX: Final = 100  # entries of the journal that an alert names, the latest
ALERTS_A_NIGHT_MAX: Final = 500  # alerts of a kind that one night raises, the gravest first; the next one goes on

# ── Daily figures
FIGURES_ENTRIES_MAX: Final = 5_000  # entries of the journal that are counted in one transaction
FIGURES_NUMBERS_MAX: Final = 100_000  # journal numbers of one transaction, entries of other programmes among them
FIGURES_DAYS_MAX: Final = 1_100  # days of one question about figures: three years
FIGURES_STORES_MAX: Final = 20  # stores of one question about figures
FIGURES_STORES_LISTED_MAX: Final = 500  # stores that an answer about figures names
LIABILITY_MONTHS_MAX: Final = 120  # months of one roll-forward of what points are owed
LIABILITY_MONTHS_DEFAULT: Final = 12  # the same, where nobody says which
FORECAST_MONTHS_MAX: Final = 60  # months ahead for which it is said what members will be worth
ANSWERS_KEPT_MAX: Final = 5_000  # answers of insight that are kept beside an export, before all of them are dropped
REPORTS_KEPT_MAX: Final = 16  # papers of reports kept by a process, each some tens of kilobytes
EXPORT_ROWS_MAX: Final = 50_000  # rows of one file of an exported month, which are in memory together

# ── What-ifs
SIMULATION_MONTHS_MAX: Final = 120  # months of history that one what-if looks at
SIMULATIONS_WAITING_MAX: Final = 10  # what-ifs of a programme that are on their way
SIMULATIONS_KEPT_MAX: Final = 100  # what-ifs of a programme that are kept with their answers; the oldest leave
SIMULATION_TRIES_MAX: Final = 3  # attempts at a what-if whose process ends without an answer
OBJECTIVE_MONTHS_MAX: Final = 24  # months that one objective looks at, and months of its baseline
OBJECTIVES_OPEN_MAX: Final = 50  # objectives of a programme that nobody has ended
COSTS_MAX: Final = 10_000  # entries of one cost book, those that were taken back among them
COST_DAYS_MAX: Final = 1_100  # days that one of them is for: three years
SCENARIOS_MAX: Final = 10_000  # combinations of one sweep of the command line
SWEEP_SCENARIOS_MAX: Final = 400  # combinations of a sweep that pages and programs ask for, whose answer is kept
SWEEP_AXES_MAX: Final = 6  # places that such a sweep varies
SWEEP_GOALS_MAX: Final = 4  # things that are wanted of it
SWEEP_LIMITS_MAX: Final = 8  # limits that its choice keeps
SWEEP_BUDGET_MAX: Final = 200  # replays more, between the points of its grid
SWEEP_BANDS_MAX: Final = 12  # scenarios of it that are told with how sure they are: the best, then those on the front
YEARS_AHEAD_MAX: Final = 10  # how far a forecast looks

# ── The worker
JOB_ATTEMPTS_MAX: Final = 6  # attempts at a job that fails
JOB_BACK_OFF_SECONDS: Final = 30  # the pause before its second attempt; doubled before each further one
JOB_BACK_OFF_SECONDS_MAX: Final = 3_600  # the longest of these pauses
JOB_LEASE_SECONDS: Final = 120  # how long a worker may be silent before another one takes its job over
JOB_TRACEBACK_CHARS_MAX: Final = 20_000  # what is kept of a failure
PAYMENT_PAUSE_HOURS_MAX: Final = 24  # the longest pause before a provider is told anew of a payment that is stuck
WATCHED_ROWS_MAX: Final = 10_000  # rows that a figure of a queue counts at most: beyond it a queue is only long
WATCHED_PROGRAMMES_MAX: Final = 100  # programmes whose last nights and seals are looked at for it, the oldest first
WATCHED_ENTRIES_MAX: Final = 200  # journal entries that are looked through for the first one that is not sealed
ENDED_JOB_DAYS: Final = 30  # for so long a job that ended, well or badly, is remembered
NEWS_BACK_OFF_SECONDS_MAX: Final = 3_600  # the longest pause before news that found nobody are sent again
AUDIT_CHARS_MAX: Final = 20_000  # what the book of who did what keeps of how it was, and became
OUTWARD_URL_CHARS_MAX: Final = 2_000  # an address that this server is to call

# ── Letters
LETTER_ATTEMPTS_MAX: Final = 30  # attempts at a letter that the mail server puts off; with the pauses more than a day
LETTER_BACK_OFF_SECONDS: Final = 60  # the pause before the second attempt; doubled before each further one
LETTER_BACK_OFF_SECONDS_MAX: Final = 3_600  # the longest of these pauses
LETTERS_TOGETHER: Final = 10  # letters that share a connection to the mail server
LETTER_LEASE_SECONDS: Final = 300  # how long a worker may be silent before another one sends its letters
MAIL_SECONDS_MAX: Final = 10  # for one answer of the mail server
LETTER_NEWS_DAYS: Final = 7  # what happened longer ago is not told any more: an import writes no letters
NEWS_DAYS: Final = 30  # for so long what others did for a member is news on the first page, unless it was seen
NEWS_SHOWN_MAX: Final = 10  # news on that page
LETTERS_KEPT_DAYS: Final = 60  # for so long it is remembered that a letter was sent, or failed
LETTERS_SHOWN_MAX: Final = 500  # letters of `guerdon letters list`

# ── The command line
ACTIVITIES_SHOWN_MAX: Final = 500  # activities of `guerdon member show --last`
LOTS_SHOWN_MAX: Final = 500  # lots of `guerdon member show`
