"""The house's own business over HTTP: nobody gives away more than they have, work is tried anew, the book tells it."""

import re

from guerdon.core import rights
from guerdon.engine import retries, staff
from guerdon.features.users import queries
from guerdon.kit import clock, ids, jobs, store, worker
from guerdon.kit.audit import Actor


@jobs.job(jobs.Patience(attempts_max=1))
def break_down(programme_id: str) -> None:
    """What always fails."""
    raise ArithmeticError(programme_id)


def test_nobody_makes_a_key_that_may_do_more_than_they_may(api):
    small = api.new_key(["keys:write", "members:read"])
    refused = api.send("POST", "/v1/keys", body={"name": "big", "role": "owner"}, key=small)
    assert (refused.status, refused.code) == (403, "rights_beyond") and "staff:write" in refused.json["facts"]["rights"]
    made = api.send("POST", "/v1/keys", body={"name": "eye", "scopes": ["members:read"]}, key=small)
    assert made.status == 201 and re.fullmatch(r"gdn_[0-9a-f]{32}_\w{43}", made.json["secret"])
    shown = api.get("/v1/keys")
    assert made.json["secret"] not in shown.body.decode()
    assert shown.json["keys"][-1] == made.json["key"]
    ended = api.send("POST", f"/v1/keys/{made.json['key']['id']}/revoke", body={"reason": "sold"})
    assert ended.json["revoked_at"] is not None
    lines = api.get(f"/v1/audit?about={made.json['key']['id']}").json["lines"]
    assert [(one["action"], one["reason"]) for one in lines] == [("key.revoked", "sold"), ("key.made", "")]
    assert lines[1]["actor"]["kind"] == "key" and lines[1]["after"]["scopes"] == ["members:read"]


def test_nobody_gives_or_takes_a_role_with_more_rights_than_their_own(api):
    small = api.new_key(["staff:write", *rights.of("cashier")])
    body = {"email": f"{ids.new()}@x.example", "name": "Dora", "role": "manager"}
    assert api.send("POST", "/v1/staff/invitations", body=body, key=small).code == "rights_beyond"
    made = api.send("POST", "/v1/staff/invitations", body=body | {"role": "cashier"}, key=small)
    assert made.status == 201 and not made.json["sent"] and made.json["link"].startswith("/invited/")
    email = f"{ids.new()}@x.example"
    owner = staff.appoint(programme_id=api.shop.programme_id, email=email, name="Emil", role="owner",
                          by=Actor("operator", "test"), now=clock.now())  # fmt: skip
    path = f"/v1/staff/{ids.show('user', owner)}"
    assert api.send("POST", f"{path}/role", body={"role": "cashier"}, key=small).code == "rights_beyond"
    assert api.send("POST", f"{path}/end", body={}, key=small).code == "rights_beyond"
    assert queries.one(store.current(), api.shop.programme_id, owner).role == "owner"


def _work():
    """Run whatever waits: others may have put jobs into the queue, too."""
    at_work = worker.Worker(plan=lambda now: None)
    while at_work.turn():
        pass


def test_a_job_that_failed_is_tried_anew(api):
    programme_id = api.shop.programme_id
    break_down.enqueue(programme_id)
    _work()
    (failed,) = [one for one in api.get("/v1/jobs?state=failed").json["jobs"] if one["name"] == "break_down"]
    assert (failed["failure"], failed["attempts"], failed["shared"]) == ("ArithmeticError", 1, False)
    again = api.send("POST", f"/v1/jobs/{failed['id']}/retry")
    assert (again.json["state"], again.json["attempts"]) == ("waiting", 0)
    assert api.send("POST", f"/v1/jobs/{failed['id']}/retry").code == "job_not_failed"
    _work()
    assert failed["id"] in [one["id"] for one in api.get("/v1/jobs?state=failed").json["jobs"]]
    assert api.get("/v1/audit?action=job.retried").json["lines"][0]["about"] == failed["id"]


def test_jobs_and_lines_of_another_programme_are_not_seen(api):
    other = ids.new()
    break_down.enqueue(other)
    waiting = api.get("/v1/jobs?state=waiting").json["jobs"]
    assert [one for one in waiting if one["name"] == "break_down"] == []
    try:
        retries.job(programme_id=api.shop.programme_id, job_id=ids.new(), by=Actor("operator", "test"), now=clock.now())
    except Exception as error:
        assert "job_unknown" in str(error)
    else:
        raise AssertionError("a job that nobody knows was tried anew")
