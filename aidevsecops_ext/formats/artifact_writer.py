"""The code in a step notebook that writes what later steps read.

It is plain Python 3.8 and later, needs no package of ours, and is generated as it stands here. A
folder holds ``manifest.json``, ``values.json`` (plain data), ``objects.pkl`` (one pickle a group of
names that share objects, one behind the other), ``generators.pkl`` (states of random generators),
and a file for each big array, frame and model.
"""

from __future__ import annotations

from .artifact_pickler import PICKLE_FUNCTIONS

_REST = r'''

def _plain_room(value, seen, room=10_000, depth=20):
    """The room that is left when JSON holds the value exactly, else a negative number."""
    kind = type(value)
    if value is None or kind is bool or (kind is int and abs(value) < 2**63):
        return room - 1
    if kind is str or (kind is float and _math.isfinite(value)):
        return room - 1 - (len(value) // 100 if kind is str else 0)
    if kind not in (list, dict) or id(value) in seen or not depth:
        return -1
    seen[id(value)] = (0, value)
    if kind is dict and not all(type(key) is str for key in value):
        return -1
    for each in value.values() if kind is dict else value:
        room = _plain_room(each, seen, room, depth - 1)
        if room < 0:
            return -1
    return room - 1


def _is_one(value, artifact):
    """True when code can tell whether two names have this object or two that are equal."""
    fixed = (str, bytes, int, float, _types.ModuleType, _types.BuiltinFunctionType, _types.CodeType)
    if isinstance(value, (type, _types.FunctionType)):
        is_own = value.__module__ == "__main__" or "<locals>" in value.__qualname__
        return is_own and id(value) not in artifact.by_name
    return not isinstance(value, fixed) and type(value).__name__ != "dtype"


class _Nothing:
    """A file that keeps nothing: what is pickled into it is only looked at."""

    def write(self, data):
        return memoryview(data).nbytes


def _dump(pickler, name, value, origin):
    """Pickle the value of a variable; a failure says which, and what a person can do."""
    pickler.artifact.name, pickler.artifact.value = name, value
    try:
        pickler.dump(value)
    except Exception as error:
        if isinstance(error, OSError) and pickler.artifact.folder:
            raise  # no space, say: nothing about the variable
        advice = "Make it in the step that uses it (move that code, or cut elsewhere), or keep "
        advice += "what it is made of: numbers, tables, a path."
        if _Pickler is _pickle.Pickler:
            advice = "Install cloudpickle where this runs. If that does not help: " + advice
        kind = f"{type(value).__module__}.{type(value).__qualname__}"
        reason = f"{name} ({kind}, from {origin}) cannot be written for later steps: {error}."
        raise RuntimeError(f"{reason} {advice}") from None


def _find_groups(bound, origins, artifact):
    """The names that share objects together, and those whose values JSON can hold."""
    group, owners, plain, picklers = {name: [name] for name in bound}, {}, set(), []

    def join(name, other):
        if group[name] is not group[other]:
            together = group[other] + group[name]
            group.update(dict.fromkeys(together, together))

    for name, value in bound.items():
        found = {}
        if _plain_room(value, found) >= 0:
            plain.add(name)
        else:
            picklers.append(_StepPickler(_Nothing(), artifact))  # kept: no two objects of one id
            _dump(picklers[-1], name, value, origins[name])
            collects = _gc.isenabled()
            _gc.disable()  # which would go through millions of new tuples, again and again
            found = picklers[-1].memo.copy()
            if collects:
                _gc.enable()
        for each in found.keys() & owners.keys():
            if _is_one(found[each][1], artifact):
                join(name, owners[each])
        owners.update(dict.fromkeys(found, name))
    artifact.find_spaces()
    for name, array in artifact.arrays:
        join(name, owners.setdefault(("memory", artifact.space_of(array)[0]), name))
    groups = list({id(names): names for names in group.values()}.values())
    values = [names[0] for names in groups if len(names) == 1 and names[0] in plain]
    return [names for names in groups if names[0] not in values], values


def _write_objects(bound, origins, artifact, groups):
    """Pickle each group; where each begins, and how many bytes each name takes."""
    begins, sizes = [], {}
    with open(_os.path.join(artifact.folder, "objects.pkl"), "wb") as out:
        for names in groups:
            begins.append({"at": out.tell(), "names": names})
            pickler = _StepPickler(out, artifact)
            for name in names:
                begin, before = out.tell(), len(artifact.files)
                _dump(pickler, name, bound[name], origins[name])
                artifact.save_storages()
                files = [
                    _os.path.join(artifact.folder, file)
                    for file in list(artifact.files.values())[before:]
                ]
                sizes[name] = out.tell() - begin + sum(map(_os.path.getsize, files))
    return begins, sizes


def _generator_states(generators):
    """The states of the global random generators that have been used."""
    states, modules = {}, {name: _sys.modules.get(name) for name in generators}
    if modules.get("random"):
        states["random"] = modules["random"].getstate()
    if modules.get("numpy"):
        states["numpy"] = modules["numpy"].random.get_state(legacy=False)
    if modules.get("torch"):
        cuda = modules["torch"].cuda
        devices = cuda.get_rng_state_all() if cuda.is_initialized() else []
        tensors = [modules["torch"].get_rng_state(), *devices]
        states["torch"] = [bytes(tensor.tolist()) for tensor in tensors]
    return states


def _write_step(step, names, by_name=(), generators=()):
    """Write variables (and where each comes from) for the steps that read them, all or none."""
    bound = {name: globals()[name] for name in names if name in globals()}
    states, artifact = _generator_states(generators), _Artifact(by_name)
    groups, plain = _find_groups(bound, names, artifact)
    final = _os.path.join(_steps_folder, step)
    folder = artifact.folder = _os.path.join(_steps_folder, f".{step}-{_os.urandom(4).hex()}")
    _os.makedirs(folder)
    try:
        begins, sizes = _write_objects(bound, names, artifact, groups)
        texts = {name: _json.dumps(bound[name]) for name in plain}
        lines = ",\n".join(f"{_json.dumps(name)}: {text}" for name, text in texts.items())
        sizes.update((name, len(text)) for name, text in texts.items())
        kinds = {name: _kind_of(value, artifact) for name, value in bound.items()}
        manifest = {
            "format": 1,
            "step": step,
            "names": {name: {"kind": kinds[name], "bytes": sizes[name]} for name in bound},
            "unbound": [name for name in names if name not in bound],
            "objects": begins,
            "generators": list(states),
        }
        with open(_os.path.join(folder, "generators.pkl"), "wb") as out:
            _pickle.dump(states, out, protocol=5)
        for file, text in {
            "values.json": f"{{\n{lines}\n}}\n",
            "manifest.json": _json.dumps(manifest, indent=1) + "\n",
        }.items():
            with open(_os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
        if _os.path.exists(final):
            _os.rename(final, folder + "-old")
        _os.rename(folder, final)
    except BaseException:
        if _os.path.exists(folder + "-old") and not _os.path.exists(final):
            _os.rename(folder + "-old", final)
        _shutil.rmtree(folder, ignore_errors=True)
        raise
    _shutil.rmtree(folder + "-old", ignore_errors=True)
    for name in bound:
        print(f"{name}: {kinds[name]}, {_readable(sizes[name])}")


def _kind_of(value, artifact):
    kind = f"{type(value).__module__}.{type(value).__qualname__}".replace("builtins.", "")
    return f"{kind} {value.shape}" if type(value) in artifact.reducers else kind


def _readable(size):
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
'''

WRITE_FUNCTIONS = PICKLE_FUNCTIONS + _REST
"""The functions that a step notebook writes its artifact with; ``_write_step`` is called last."""
