"""A college written in Python: logs in, refreshes, submits rows and asks for results.

Standard input: JSON with the address of a receiver, an account, settings, a table and rows. Standard output: JSON with
the replies. Written from the protocol; it shares no code with the client of Tianbao.
"""

import json
import sys
import time
import urllib.request

import ciphers

BASE = "/prod-api4/api/web"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
given = json.load(sys.stdin)


def post(path, body, headers):
    request = urllib.request.Request(given["address"] + BASE + path, body, headers)
    with OPENER.open(request, timeout=30) as reply:
        return json.load(reply)


def login(path, fields):
    body = ciphers.login_form(fields, given["authorise"], given["public_key"], given["padding"], given["plaintext"])
    reply = post("/auth/login/interface/" + path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    assert reply["code"] == 200, reply["msg"]
    return reply["data"]


def call(path, tokens, document):
    body = json.dumps(document, ensure_ascii=False).encode()
    timestamps, random = str(int(time.time() * 1000)), "x1y2z3"
    cipher_text = ciphers.seal(body, ciphers.sm4_key(tokens["app_secret"], "4..20"))
    headers = {
        "Authorization": tokens["access_token"],
        "Content-Type": "application/json",
        "app_key": tokens["app_key"],
        "timestamps": timestamps,
        "random": random,
        "sign": ciphers.sign(body, timestamps, random),
    }
    reply = post("/convergence/collect/interface/" + path, json.dumps({"cipherText": cipher_text}).encode(), headers)
    assert reply["returnCode"] == "200", reply["returnMessage"]
    return reply


tokens = login("oauth", {
    "grant_type": "password",
    "client_id": given["client_id"],
    "username": given["username"],
    "password": given["password"],
})
tokens |= login("refresh", {
    "grant_type": "refresh_token",
    "client_id": given["client_id"],
    "client_secret": tokens["client_secret"],
    "refresh_token": tokens["refresh_token"],
})
submitted = call("saveInterfaceData", tokens, {"dataObjName": given["table"], "fileds": given["rows"]})
results = call("getResultsByTime", tokens, {
    "startTime": "2020-01-01 00:00:00",
    "endTime": "2100-01-01 00:00:00",
    "page": "1",
    "limit": "10",
    "tableName": given["table"],
})
json.dump({"submitted": submitted, "results": results}, sys.stdout)
