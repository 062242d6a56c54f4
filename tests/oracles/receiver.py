"""A receiver written in Python: decrypts logins and submissions, verifies their signatures and prints their contents.

First argument: JSON with the settings. Standard output: one JSON line with address and public key, then one for each
request. It ends at the end of standard input. Written from the protocol; it shares no code with the receiver of Tianbao.
"""

import base64
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

import ciphers

settings = json.loads(sys.argv[1])
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = base64.b64encode(PRIVATE.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).decode()
APP_SECRET = settings["app_secret"]
received = []


def print_line(document):
    print(json.dumps(document), flush=True)


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, document):
        body = json.dumps(document, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.startswith("/prod-api4/api/web/auth/login/interface/"):
            return self.login(body)
        envelope = json.loads(body)
        assert list(envelope) == ["cipherText"]
        key = ciphers.sm4_key(APP_SECRET, settings["sm4_key"])
        plain = ciphers.open_(envelope["cipherText"], key, settings["sm4_mode"], settings["sm4_iv"], settings["form"])
        timestamps, random = self.headers["timestamps"], self.headers["random"]
        assert ciphers.sign(plain, timestamps, random) == self.headers["sign"], "the signature differs"
        assert abs(int(timestamps) - time.time() * 1000) < 30_000, "the timestamp is more than 30 s away"
        assert (self.headers["Authorization"], self.headers["app_key"]) == ("access", "12345678")
        print_line({"call": self.path.rsplit("/", 1)[1], "random": random, "plain": plain.decode()})
        if self.path.endswith("/saveInterfaceData"):
            received.append(json.loads(plain))
            return self.answer({"returnCode": "200", "returnMessage": "ok", "returnCount": None,
                                "returnData": {"time": "2026-11-21 10:00:00"}})
        entries = [
            {"id": str(at), "type": "RPC", "sysName": "u", "timestamps": "2026-11-21T10:00:00.000",
             "tableName": call["dataObjName"], "collectNum": len(call["fileds"]), "storageNum": len(call["fileds"]),
             "remark": None, "state": 1, "stateInfo": "全部成功"}
            for at, call in enumerate(received)
        ]
        self.answer({"returnCode": "200", "returnMessage": "ok", "returnCount": len(entries), "returnData": entries})

    def login(self, body):
        fields = ciphers.open_login(
            body, PRIVATE, settings["authorise"], settings["padding"], settings["plaintext"])
        print_line({"call": self.path.rsplit("/", 1)[1], "fields": fields})
        data = {"access_token": "access", "refresh_token": "refresh", "expires_in": settings["expires_in"],
                "refresh_expires_in": 2591999, "client_id": "1", "scope": "server", "openid": "o"}
        if fields["grant_type"] == "password":
            data |= {"client_secret": "secret", "app_secret": APP_SECRET}
        self.answer({"code": 200, "msg": "ok", "data": data})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print_line({"address": f"http://127.0.0.1:{server.server_port}", "public_key": PUBLIC})
sys.stdin.read()
server.shutdown()
