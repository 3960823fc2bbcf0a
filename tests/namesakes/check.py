#!/usr/bin/env python3
"""Checks namesakes/{tune,check}: mentions are found, types agree, and prints counts.
usage: check.py [half ...]   (exit status 1 if anything is wrong)"""
import json, re, sys, pathlib
from collections import defaultdict, Counter
from itertools import combinations
ROOT = pathlib.Path(__file__).resolve().parent
TYPES = {"PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC"}
bad = 0
def err(*a):
    global bad; bad += 1; print("ERROR", *a)
def hits(text, s):
    out, i = [], text.find(s)
    while i >= 0:
        out.append(i); i = text.find(s, i + len(s))
    return out
def norm(s): return re.sub(r"[^\w]+", " ", s.lower()).strip()

for half in sys.argv[1:] or ("tune", "check"):
    d = ROOT / half
    gold = [json.loads(l) for l in (d / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    stems = {f.stem for f in d.glob("*.txt")}
    if stems != {g["article"] for g in gold} or len(gold) != len(stems): err(half, "articles and gold differ")
    types, arts, surf, n_m, n_amb, words = defaultdict(set), defaultdict(dict), defaultdict(set), 0, 0, []
    for g in gold:
        text = (d / (g["article"] + ".txt")).read_text(encoding="utf-8")
        ls = text.split("\n")
        if not re.fullmatch(r"Published: \d{4}-\d\d-\d\d", ls[1]) or ls[2]: err(half, g["article"], "header")
        w = len(" ".join(ls[3:]).split()); words.append(w)
        if not 60 <= w <= 160: err(half, g["article"], "words", w)
        seen = Counter(e["cluster"] for e in g["entities"])
        if max(seen.values()) > 1: err(half, g["article"], "cluster twice", seen.most_common(1))
        owner = {}
        for e in g["entities"]:
            c = e["cluster"]
            types[c].add(e["type"])
            if e["type"] not in TYPES: err(half, c, e["type"])
            ss = set()
            for m in e["mentions"]:
                n_m += 1
                s = m if isinstance(m, str) else m["text"]
                ss.add(s); h = hits(text, s)
                if not h: err(half, g["article"], c, repr(s), "not found"); continue
                if isinstance(m, str):
                    if not re.search(r"(?<!\w)" + re.escape(s) + r"(?!\w)", text): err(half, g["article"], s, "not at word edges")
                    if s in owner and owner[s] != c: err(half, g["article"], repr(s), "plain for two clusters")
                    owner[s] = c
                else:
                    n_amb += 1
                    if m["occurrence"] >= len(h) or h[m["occurrence"]] != m["start"]: err(half, g["article"], s, "occurrence")
                    if (s, m["start"]) in owner: err(half, g["article"], s, "span twice")
                    owner[(s, m["start"])] = c
            for s in ss: surf[norm(s)].add(c)
            arts[c][g["article"]] = ss
    for c, t in types.items():
        if len(t) > 1: err(half, c, "types", t)
    easy = hard = 0
    for c, a in arts.items():
        for x, y in combinations(a.values(), 2):
            if {norm(s) for s in x} & {norm(s) for s in y}: easy += 1
            else: hard += 1
    shared = {s: c for s, c in surf.items() if len(c) > 1}
    adj = sum(len(arts[a]) * len(arts[b]) for c in shared.values() for a, b in combinations(sorted(c), 2))
    multi = [c for c in arts if len(arts[c]) > 1]
    nat = lambda c: len(c) and c[0] in "ln"
    def pairs(cs): return sum(len(arts[c]) * (len(arts[c]) - 1) // 2 for c in cs)
    print(f"{half}: {len(gold)} articles, words {min(words)}-{max(words)} mean {sum(words)/len(words):.0f}; "
          f"{len(arts)} clusters, {sum(map(len, arts.values()))} (article, cluster) pairs, {n_m} mention entries ({n_amb} with occurrence)")
    print("  types:", dict(Counter(next(iter(t)) for t in types.values())))
    print(f"  clusters in >=2 articles: {len(multi)} (PERSON {sum(c[0]=='p' for c in multi)}, ORG {sum(c[0]=='o' for c in multi)}); "
          f"cross-article pairs: {easy+hard} (share a surface {easy}, share none {hard}); of them not places/demonyms: {pairs([c for c in multi if not nat(c)])}")
    print(f"  surfaces naming >1 cluster: {len(shared)}: " + "; ".join(f"{s} {len(c)}" for s, c in sorted(shared.items())))
print("OK" if not bad else f"{bad} errors")
sys.exit(bool(bad))
