from tests.insight import lived
from guerdon.kit import store
def test_x(pristine_database):
    lived.live(pristine_database)
    for r in store.current().fetch(store.Statement("SELECT facts FROM activities_activity WHERE external_id = 'emil-1'")): print(r)
    for r in store.current().fetch(store.Statement("SELECT key, outcome FROM activities_answer")): print(r)
