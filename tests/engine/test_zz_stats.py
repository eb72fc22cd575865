import collections
from tests.engine import test_model as m
C=collections.Counter()
orig=m.answer
def spy(r):
    a=orig(r); C[a[0] if a[0]!='known' else 'known-'+a[1]] += 1
    if a[0]=='taken':
        for t in a[1:]:
            for n,v in zip(('asked','origin','other','lapsed','debt','short'),t[1:]):
                if v: C['taken-'+n]+=1
    if a[0]=='earned' and a[2]: C['repaid']+=1
    return a
def test_stats(database, monkeypatch):
    monkeypatch.setattr(m,'answer',spy)
    for i in range(4): m.test_a_long_play(database,i)
    print(C)
