"""SM3, SM4 and RSA of the protocol by two other implementations: gmssl (pure Python) and cryptography (OpenSSL).

What both can do, both do, and the results must be equal. This file was written from the protocol and shares no code with
Tianbao.
"""

import base64
import json
import urllib.parse

from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from gmssl import sm3, sm4


def agree(first, second):
    assert first == second, "gmssl and cryptography differ"
    return first


def sign(body: bytes, timestamps: str, random: str) -> str:
    text = body + timestamps.encode() + random.encode()
    digest = hashes.Hash(hashes.SM3())
    digest.update(text)
    return agree(sm3.sm3_hash(list(text)), digest.finalize().hex())


def sm4_key(app_secret: str, rule: str) -> bytes:
    if rule == "all":
        return app_secret.encode()
    first, last = rule.split("..")
    return app_secret[int(first):int(last)].encode()


def _mode(mode: str, iv: str):
    return modes.ECB() if mode == "ecb" else modes.CBC(bytes.fromhex(iv))


def seal(plain: bytes, key: bytes, mode="ecb", iv="", form="hex") -> str:
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.SM4(key), _mode(mode, iv)).encryptor()
    by_openssl = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    crypt = sm4.CryptSM4()
    crypt.set_key(key, sm4.SM4_ENCRYPT)
    by_gmssl = crypt.crypt_ecb(plain) if mode == "ecb" else crypt.crypt_cbc(bytes.fromhex(iv), plain)
    cipher = agree(by_gmssl, by_openssl)
    return cipher.hex() if form == "hex" else base64.b64encode(cipher).decode()


def open_(cipher_text: str, key: bytes, mode="ecb", iv="", form="hex") -> bytes:
    cipher = bytes.fromhex(cipher_text) if form == "hex" else base64.b64decode(cipher_text, validate=True)
    decryptor = Cipher(algorithms.SM4(key), _mode(mode, iv)).decryptor()
    unpadder = padding.PKCS7(128).unpadder()
    by_openssl = unpadder.update(decryptor.update(cipher) + decryptor.finalize()) + unpadder.finalize()
    crypt = sm4.CryptSM4()
    crypt.set_key(key, sm4.SM4_DECRYPT)
    by_gmssl = crypt.crypt_ecb(cipher) if mode == "ecb" else crypt.crypt_cbc(bytes.fromhex(iv), cipher)
    return agree(by_gmssl, by_openssl)


def _rsa(kind: str):
    if kind == "pkcs1":
        return rsa_padding.PKCS1v15()
    return rsa_padding.OAEP(mgf=rsa_padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


def login_form(fields: dict, authorise: str, public_key="", kind="oaep-sha256", plaintext="json") -> bytes:
    """The request body of authorise or refresh, as form data."""
    if authorise == "plain":
        return urllib.parse.urlencode(fields).encode()
    text = json.dumps(fields, ensure_ascii=False) if plaintext == "json" else urllib.parse.urlencode(fields)
    key = serialization.load_der_public_key(base64.b64decode(public_key))
    cipher = base64.b64encode(key.encrypt(text.encode(), _rsa(kind))).decode()
    return urllib.parse.urlencode({"cipherText": cipher}).encode()


def open_login(body: bytes, private_key, authorise: str, kind="oaep-sha256", plaintext="json") -> dict:
    fields = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    if authorise == "plain":
        return fields
    assert list(fields) == ["cipherText"], "one field"
    text = private_key.decrypt(base64.b64decode(fields["cipherText"], validate=True), _rsa(kind)).decode()
    return json.loads(text) if plaintext == "json" else dict(urllib.parse.parse_qsl(text, strict_parsing=True))
