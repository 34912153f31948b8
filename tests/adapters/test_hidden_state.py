"""Definitions that keep something in them: their steps do as the notebook does, or it is told.

Each notebook runs in a process of its own, and so does each of its steps.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.domain.split import SplitCode
from tests.kits.step_processes import run_both_ways

SAME = """
=== closure
def make():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
tick = make()
---
tick()
print(tick())
---
print(tick())
=== attr on function
def f():
    f.calls += 1
    return f.calls
f.calls = 0
---
f()
print(f())
---
print(f())
=== attr outside
def f(x):
    return x + getattr(f, 'n', 0)
---
f.n = 5
print(f(1))
---
print(f(1))
=== mutable default
def add(x, seen=[]):
    seen.append(x)
    return list(seen)
---
print(add(1))
---
print(add(2))
=== mutable default not mutated
def add(x, seen=[]):
    return [*seen, x]
---
print(add(1))
---
print(add(2))
=== default subscript
def memo(x, cache={}):
    if x not in cache:
        cache[x] = len(cache)
    return cache[x]
---
print(memo(1), memo(2))
---
print(memo(2), memo(3))
=== default passed on
def put(d, k):
    d[k] = 1
def count(k, seen={}):
    put(seen, k)
    return len(seen)
---
print(count(1))
---
print(count(2))
=== class attribute
class C:
    n = 0
    def __init__(self):
        C.n += 1
---
a = C()
print(C.n)
---
b = C()
print(C.n)
=== class list
class R:
    items = []
    def add(self, x):
        self.items.append(x)
---
R().add(1)
print(R.items)
---
R().add(2)
print(R.items)
=== class cls
class R:
    n = 0
    @classmethod
    def up(cls):
        cls.n += 1
        return cls.n
---
print(R.up())
---
print(R.up())
=== class set outside
class Cfg:
    x = 1
---
Cfg.x = 7
print(Cfg.x)
---
print(Cfg.x)
=== class via setattr
class Cfg:
    x = 1
---
setattr(Cfg, 'x', 7)
print(Cfg.x)
---
print(Cfg.x)
=== class via instance type
class Cfg:
    x = 1
c = Cfg()
---
type(c).x = 7
print(Cfg.x)
---
print(Cfg.x)
=== type(self)
class Cfg:
    n = 0
    def up(self):
        type(self).n += 1
        return type(self).n
---
print(Cfg().up())
---
print(Cfg().up())
=== self.__class__
class Cfg:
    n = 0
    def up(self):
        self.__class__.n += 1
        return self.n
---
print(Cfg().up())
---
print(Cfg().up())
=== registry decorator
REG = {}
def reg(f):
    REG[f.__name__] = f
    return f
---
@reg
def a():
    return 1
print(sorted(REG))
---
@reg
def b():
    return 2
print(sorted(REG), REG['a']())
=== init_subclass
class Base:
    subs = []
    def __init_subclass__(cls):
        Base.subs.append(cls.__name__)
---
class A(Base):
    pass
print(Base.subs)
---
class B(Base):
    pass
print(Base.subs)
=== global counter
n = 0
def up():
    global n
    n += 1
    return n
---
print(up())
---
print(up())
=== itertools.count
import itertools
ids = itertools.count()
def new():
    return next(ids)
---
print(new())
---
print(new())
=== default gen
import itertools
def new(c=itertools.count()):
    return next(c)
---
print(new())
---
print(new())
=== class counter itertools
import itertools
class N:
    ids = itertools.count()
    def __init__(self):
        self.id = next(N.ids)
---
a = N()
print(a.id)
---
b = N()
print(b.id)
=== default object
class Box:
    def __init__(self):
        self.v = 0
def up(b=Box()):
    b.v += 1
    return b.v
---
print(up())
---
print(up())
=== lambda default
f = lambda x, acc=[]: acc.append(x) or len(acc)
---
print(f(1))
---
print(f(2))
=== partial
from functools import partial
acc=[]
def add(a,x):
    a.append(x); return len(a)
f = partial(add, acc)
---
print(f(1))
---
print(f(2), acc)
=== decorator count
def counted(f):
    def w(*a):
        w.n += 1
        return f(*a)
    w.n = 0
    return w
@counted
def g(x):
    return x
---
g(1)
print(g.n)
---
g(1)
print(g.n)
=== default alias
def f(x, seen=[]):
    s = seen
    s.append(x)
    return len(s)
---
print(f(1))
---
print(f(2))
=== default returned
def f(seen=[]):
    return seen
---
f().append(1)
print(f())
---
f().append(2)
print(f())
=== class returned attr
class C:
    xs = []
---
C.xs.append(1)
print(C.xs)
---
C.xs.append(2)
print(C.xs)
=== instance attr via class
class C:
    xs = []
c = C()
---
c.xs.append(1)
print(C.xs)
---
d = C()
d.xs.append(2)
print(C.xs)
=== f.__defaults__
def f(x, y=1):
    return x + y
---
f.__defaults__ = (5,)
print(f(1))
---
print(f(1))
=== f.__dict__
def f():
    return f.__dict__.setdefault('n', [])
---
f().append(1)
print(f())
---
f().append(2)
print(f())
=== monkeypatch
class C:
    def a(self):
        return 1
---
def b(self):
    return 2
C.a = b
print(C().a())
---
print(C().a())
=== enum/dataclass
from dataclasses import dataclass, field
@dataclass
class D:
    x: int = 0
    n: list = field(default_factory=list)
---
d = D()
d.n.append(1)
print(d)
---
e = D()
print(d, e)
=== class-level cache
class M:
    _c = {}
    def get(self, k):
        if k not in self._c:
            self._c[k] = len(self._c)
        return self._c[k]
---
print(M().get('a'), M().get('b'))
---
print(M().get('b'), M().get('c'))
=== singleton
class S:
    _i = None
    def __new__(cls):
        if cls._i is None:
            cls._i = super().__new__(cls)
            print('new')
        return cls._i
---
S()
---
S()
print('x')
=== static var in nested
def outer():
    outer.n = getattr(outer,'n',0)+1
    return outer.n
---
print(outer())
---
print(outer())
=== decorator with nonlocal
def counted(f):
    n = 0
    def inner():
        nonlocal n
        n += 1
        return n
    return inner
@counted
def g():
    pass
---
print(g())
---
print(g())
=== closure over a list
def make():
    seen = []
    return lambda x: seen.append(x) or len(seen)
add = make()
---
print(add(1))
---
print(add(2))
=== closure without state
def make(n):
    def times(x):
        return n * x
    return times
twice = make(2)
---
print(twice(1))
---
print(twice(2))
=== main guard
def main():
    print('ran')
    return 3
if __name__ == '__main__':
    x = main()
---
print(x)
---
if __name__ == '__main__':
    print(x + 1)
else:
    print('imported')
=== main guard with settings
import os
if __name__ == '__main__':
    os.environ['A_STEP'] = '1'
---
import os
print(os.environ.get('A_STEP'))
"""
TOLD = """
=== functools.cache
import functools
log = []
@functools.cache
def f(x):
    log.append(x)
    return x
---
f(1)
print(log)
---
f(1)
print(log)
=== cache info
import functools
@functools.lru_cache(maxsize=None)
def f(x):
    return x
---
f(1)
print(f.cache_info())
---
f(1)
print(f.cache_info())
=== cache effects print
from functools import cache
@cache
def f(x):
    print('work', x)
    return x
---
f(1)
---
f(1)
print('x')
=== cached_property
from functools import cached_property
class C:
    @cached_property
    def v(self):
        print('work')
return 1
c=C()
---
print(c.v)
---
print(c.v)
"""


def cases_of(text: str) -> dict[str, list[str]]:
    """Notebooks by name, each as the code of its steps."""
    found = (case.partition("\n") for case in text.split("=== ")[1:])
    return {name: steps.rstrip("\n").split("\n---\n") for name, _, steps in found}


@pytest.mark.parametrize("steps", cases_of(SAME).values(), ids=cases_of(SAME))
def test_steps_print_what_the_notebook_prints(steps: list[str], tmp_path: Path) -> None:
    whole, parts, _plan = run_both_ways(steps, tmp_path)

    assert whole
    assert parts == whole


@pytest.mark.parametrize("steps", cases_of(TOLD).values(), ids=cases_of(TOLD))
def test_split_tells_of_what_steps_do_again(steps: list[str], tmp_path: Path) -> None:
    whole, parts, plan = run_both_ways(steps, tmp_path)

    told = [each for each in plan.warnings if each.code is SplitCode.DEFINITION_STATE]
    lines = [n for n, line in enumerate(steps[0].splitlines(), 1) if line[:1] in ("@", "c")]
    assert parts != whole
    assert told[-1].cell == 0
    assert told[-1].line in lines
