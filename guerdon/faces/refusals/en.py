"""The refusals in English."""

from typing import Final

# code → headline, what happened and why (with the facts of the refusal), what to do about it
SENTENCES: Final[dict[str, tuple[str, str, str]]] = {
    # --- activities ---
    "activity_before_programme": (
        "Before the programme began",
        "The activity happened at {occurred_at}; the programme's first version is in force from {first}.",
        "Check the date, or publish a version that was already in force then.",
    ),
    "activity_in_future": (
        "From the future",
        "The activity claims to have happened at {occurred_at}, and it is only {now}.",
        "Check the clock and the time zone of the sender.",
    ),
    "activity_invalid": (
        "Activity not accepted",
        "“{pointer}” of the activity is not right: {reason}.",
        "Correct it and send the activity again.",
    ),
    "activity_kind_unknown": (
        "Unknown kind of activity",
        "The programme knows no activity of the kind “{kind}”.",
        "Send one of these: {known}; or add the kind to the programme file.",
    ),
    "activity_unknown": (
        "No such activity",
        "There is no activity {id} in this programme.",
        "Check the id; activities of other programmes can't be seen with this key.",
    ),
    "adjustment_unknown": (
        "No such adjustment",
        "There is no adjustment {id} in this programme.",
        "Check the id; adjustments of other programmes can't be seen with this key.",
    ),
    "already_returned": (
        "Already returned",
        "The purchase {purchase} has been returned as a whole before.",
        "Nothing more can be taken back for it.",
    ),
    "award_too_large": (
        "Too many points at once",
        "This would give more {unit} than one award can hold: {most} of the smallest step.",
        "Check the amounts of the activity, and what the rules give for them.",
    ),
    "currency_unknown": (
        "Unknown currency",
        "The programme has no exchange rate for “{currency}”.",
        "Use one of these: {known}; or add rates to the programme file.",
    ),
    "return_not_whole": (
        "Only whole returns",
        "The return gives back something else than the whole purchase {purchase}.",
        "Return the whole purchase: leave lines and amount out.",
    ),
    "return_of_another": (
        "Another member's purchase",
        "The purchase {purchase} belongs to another member than this return.",
        "Send the return for the member who bought.",
    ),
    "return_unnamed": (
        "Return of what?",
        "The return does not say which purchase it gives back.",
        "Name the purchase in “returns” by its external_id.",
    ),
    # --- members ---
    "etag_missing": (
        "If-Match needed",
        "A change must say which state of the member it starts from, so that nobody overwrites what another changed.",
        "Read the member and send its ETag in the header If-Match.",
    ),
    "etag_outdated": (
        "Changed meanwhile",
        "Somebody changed the member since you read it: you saw state {expected}, now it is {got}.",
        "Read the member again and repeat the change on what is there now.",
    ),
    "identifier_invalid": (
        "Identifier not accepted",
        "The {kind} is not right: {reason}.",
        "Correct it and try again.",
    ),
    "identifier_taken": (
        "Identifier taken",
        "This {kind} belongs to another member already.",
        "Search for that member by the identifier, or use another one.",
    ),
    "member_invalid": (
        "Member not accepted",
        "“{pointer}” of the member is not right: {reason}.",
        "Correct it and try again.",
    ),
    "member_not_active": (
        "Member not active",
        "The member can't earn or spend: the status is “{status}”.",
        "Set the status to active first.",
    ),
    "member_unknown": (
        "No such member",
        "No member of this programme has this {kind}.",
        "Check the identifier, or enrol the member first.",
    ),
    # --- points ---
    "insufficient_points": (
        "Not enough points",
        "{asked} {unit} were asked for, but only {available} can be spent now.",
        "Ask for less, or wait until pending points become available.",
    ),
    "unit_not_spendable": (
        "These points cannot be spent",
        "{unit} can't be spent: the unit is only counted.",
        "Name a unit that members can spend; the programme lists them.",
    ),
    "points_invalid": (
        "Points not accepted",
        "{points} is no number of points to give or take: {reason}.",
        "Send a whole number other than zero, in the unit's smallest step.",
    ),
    "reason_missing": (
        "Reason needed",
        "Points given or taken by hand need a reason.",
        "Say why in “reason”.",
    ),
    "unit_unknown": (
        "Unknown unit",
        "The programme does not count in “{unit}”.",
        "Use one of these: {known}.",
    ),
    # --- programme files ---
    "local_time_ambiguous": (
        "A time that occurs twice",
        "{local} occurs twice in {zone}, because clocks go back there.",
        "Choose another time.",
    ),
    "local_time_missing": (
        "A time that does not exist",
        "{local} does not exist in {zone}, because clocks skip it there.",
        "Choose another time.",
    ),
    "money_invalid": (
        "Amount not accepted",
        "“{text}” is no amount of money here: {reason}.",
        "Write a plain number with the currency's decimals, like 12.34.",
    ),
    "programme_currency_changed": (
        "Currency changed",
        "The programme counts in {expected}; the file says {got}, which would change the worth of what was recorded.",
        "Keep the currency, or found a new programme.",
    ),
    "programme_invalid": (
        "Programme not accepted",
        "The programme file has {problems} problems, first: {first}",
        "Correct the file; “guerdon programme check” tells all problems.",
    ),
    "programme_key_changed": (
        "Another programme",
        "The file belongs to the programme “{got}”, not to “{expected}”.",
        "Publish it under its own key.",
    ),
    "programme_unknown": (
        "No such programme",
        "There is no programme “{key}” here.",
        "Known are: {known}.",
    ),
    "programme_unpublished": (
        "Nothing published yet",
        "The programme “{key}” has no published version.",
        "Publish one with “guerdon programme publish”.",
    ),
    "unit_changed": (
        "Unit changed",
        "The {what} of the unit “{unit}” can't change: recorded points would change their worth.",
        "Keep it, or add a new unit.",
    ),
    "version_unknown": (
        "No such version",
        "The programme has no version {number}; the last one is {last}.",
        "Ask for a version that was published.",
    ),
    # --- imports ---
    "import_file_unreadable": (
        "File not readable",
        "{file}, line {line}: {reason}. {detail}",
        "Correct the file and import it again; nothing of it was lost or half done.",
    ),
    "import_package_file_missing": (
        "Package incomplete",
        "The package {package} lacks the file {file}.",
        "Install the package again.",
    ),
    "import_package_missing": (
        "Package missing",
        "The package {package} with the data is not installed.",
        "Install {requirement}.",
    ),
    # --- requests ---
    "body_too_large": (
        "Too large",
        "The request's body is larger than {bytes_max} bytes.",
        "Send less at once.",
    ),
    "cursor_invalid": (
        "Cursor not accepted",
        "The cursor is none that this list gave out.",
        "Take it unchanged from “next” of the last page, or begin without one.",
    ),
    "etag_invalid": (
        "If-Match not accepted",
        "The header If-Match holds no ETag of a member.",
        "Send the ETag as it was received, with its quotes.",
    ),
    "filter_invalid": (
        "Filter not accepted",
        "The list can be filtered by exactly one of these: {known}.",
        "Keep one of them.",
    ),
    "header_invalid": (
        "Header not accepted",
        "The header {header} is not right.",
        "It takes {expected}.",
    ),
    "id_malformed": (
        "No id",
        "“{got}” is no id; it would look like {expected}",
        "Take ids unchanged from earlier answers.",
    ),
    "idempotency_conflict": (
        "Key used for something else",
        "The Idempotency-Key “{key}” came with another body before.",
        "Use a new key for a new request; repeat a request unchanged.",
    ),
    "input_refused": (
        "Input not accepted",
        "“{pointer}” can't be stored: {reason}.",
        "Correct it and try again.",
    ),
    "json_malformed": (
        "Not JSON",
        "The body is not JSON: {problem}.",
        "Send one JSON value in UTF-8.",
    ),
    "media_type_unsupported": (
        "Not a JSON request",
        "The body comes as {got}; this route reads JSON.",
        "Send the header Content-Type: application/json, without Content-Encoding.",
    ),
    "method_not_allowed": (
        "Method not allowed",
        "{method} is not possible here.",
        "Use one of these: {allowed}.",
    ),
    "query_malformed": (
        "Query not accepted",
        "The query of the address is not right: {problem}.",
        "Encode it as usual: name=value, joined by &.",
    ),
    "route_unknown": (
        "Nothing here",
        "There is nothing at this address.",
        "All addresses are listed at /docs.",
    ),
    "value_refused": (
        "Request not accepted",
        "“{pointer}” is not right: {hint}.",
        "Correct it and try again; /docs shows what is expected.",
    ),
    # --- keys ---
    "key_invalid": (
        "Key not accepted",
        "The API key is unknown or has been revoked.",
        "Use a valid key; “guerdon key create” makes one.",
    ),
    "key_missing": (
        "Key needed",
        "The request carries no API key.",
        "Send the header Authorization: Bearer gdn_…; “guerdon key create” makes a key.",
    ),
    "key_name_invalid": (
        "Name not accepted",
        "A key needs a printable name of at most {chars_max} characters.",
        "Name it after the system that will use it.",
    ),
    "key_unknown": (
        "No such key",
        "There is no key {id}.",
        "“guerdon key list” shows all keys.",
    ),
    "scope_missing": (
        "Not allowed",
        "The API key lacks the right “{scope}”.",
        "Make a key with this right: “guerdon key create --scope {scope}”.",
    ),
    "scope_unknown": (
        "Unknown right",
        "There is no right “{scope}”.",
        "Choose from these: {known}.",
    ),
    # --- the server ---
    "database_busy": (
        "Busy",
        "The database had no turn for this request; nothing was written.",
        "Try again in {retry_after_seconds} s.",
    ),
    "database_unavailable": (
        "Database not reachable",
        "The database does not answer.",
        "Send the request again, unchanged, in {retry_after_seconds} s: whatever was recorded is not recorded twice.",
    ),
    "internal": (
        "Our mistake",
        "Something went wrong here, and it has been noted under {request}.",
        "Send the request again, unchanged; if it fails again, tell the operator this id.",
    ),
    "server_busy": (
        "Busy",
        "Too many requests are waiting; this one was not looked at.",
        "Try again in {retry_after_seconds} s.",
    ),
}  # fmt: skip

REASONS: Final[dict[str, str]] = {
    "length": "it is empty, or too long or too short",
    "lines_and_amount": "an activity has lines or an amount, not both",
    "malformed": "it is not written as it must be",
    "missing": "it is missing",
    "name_length": "a name is empty or too long",
    "not_a_choice": "it is none of the values allowed here",
    "not_a_number": "it is not a plain number",
    "not_a_time": "it is not a time or date in ISO 8601",
    "not_an_email": "it needs a name, an @ and a domain, like ann@example.com",
    "not_boolean": "it must be true or false",
    "not_integer": "it must be a whole number",
    "not_international": "a phone number begins with + and the country's number",
    "not_text": "it must be text",
    "nul": "it contains the character NUL",
    "one_identifier": "exactly one identifier is needed",
    "out_of_range": "the number is too small or too large",
    "sum_differs": "the tenders do not add up to the lines",
    "surrogate": "it contains half a character",
    "too_deep": "it is nested too deeply",
    "too_large": "it is too large",
    "too_long": "it is too long",
    "too_many": "there are too many",
    "too_many_decimals": "it has more decimals than the currency",
    "unknown_fact": "the kind of activity has no such fact",
    "unknown_field": "there is no such field",
    "unprintable": "it contains characters that can't be printed",
    "wrong_type": "it has another type than expected",
    "zone_missing": "a time needs its offset, like Z or +02:00",
}

# Facts that are words themselves: fact.value → how it is said.
TERMS: Final[dict[str, str]] = {
    "kind.id": "id",
    "kind.external_id": "external id",
    "kind.card": "card number",
    "kind.email": "e-mail address",
    "kind.phone": "phone number",
    "status.blocked": "blocked",
    "status.closed": "closed",
    "status.erased": "erased",
    "what.missing": "existence",
    "what.scale": "number of decimals",
    "what.kind": "kind",
}
