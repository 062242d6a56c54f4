"""Reads cases from standard input, compares the signatures and cipher texts of Tianbao with its own, and prints its own."""

import json
import sys

import ciphers

cases = json.load(sys.stdin)
for case in cases["signs"]:
    expect = ciphers.sign(case["body"].encode(), case["timestamps"], case["random"])
    assert expect == case["sign"], "a signature differs"
sealed = []
for case in cases["envelopes"]:
    key = ciphers.sm4_key(case["app_secret"], case["rule"])
    how = {"mode": case["mode"], "iv": case["iv"], "form": case["form"]}
    plain = case["plain"].encode()
    assert ciphers.open_(case["cipher_text"], key, **how) == plain, "cipher text opens to another text"
    again = ciphers.seal(plain, key, **how)
    assert again == case["cipher_text"], "cipher text differs"
    sealed.append(again)
json.dump({"signs": len(cases["signs"]), "envelopes": sealed}, sys.stdout)
