from guerdon.kit import store
def test_x(copy):
    f=lambda q: [print(r) for r in store.current().fetch(store.Statement(q))]
    for n in "Ann Ben Cleo Dora Finn Emil".split():
        a=copy.account(n); print("==",n,a)
        f(f"SELECT a.seq,a.kind,a.external_id,a.decision FROM activities_activity a WHERE account_id='{a}' order by seq")
        f(f"SELECT seq,part,kind,unit,amount,balance_after FROM ledger_posting WHERE account_id='{a}' order by seq,part")
        f(f"SELECT unit,balance,available,pending,held,debt FROM ledger_balance WHERE account_id='{a}'")
        f(f"SELECT unit,amount,remaining,funder,available_at,expires_at FROM ledger_lot WHERE account_id='{a}' order by id")
