#!/usr/bin/env python3
"""A server of mail that misbehaves as it is told, for the tests of delivery.

smtp-peer.py FOLDER [--tls implicit|starttls] [--auth USER:PASSWORD | --token TOKEN] [--do RULE]...

It writes its port into FOLDER/port, its authority into FOLDER/ca.pem, each message that it takes into
FOLDER/taken/NUMBER.eml with the recipient in NUMBER.to, and what it was told into FOLDER/log.

RULE is ACTION:STAGE[:TIMES[:ADDRESS]]. STAGE is connect, ehlo, starttls, auth, mail, rcpt, data, body,
end (the message is taken, and no answer given) or after (answered, then closed). ACTION is drop, slow
(two seconds), silent (no answer), echo (at auth: a refusal that repeats what was sent), or a reply such
as 450 or 550. TIMES is how often, 0 always; ADDRESS limits rcpt and end.
"""
import argparse
import asyncio
import base64
import os
import pathlib
import ssl
import subprocess
import sys

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--tls", choices=["implicit", "starttls"])
parser.add_argument("--auth")
parser.add_argument("--token")
parser.add_argument("--do", action="append", default=[])
options = parser.parse_args()
folder = options.folder
(folder / "taken").mkdir(parents=True, exist_ok=True)
log = open(folder / "log", "a", buffering=1)


class Rule:
    def __init__(self, text):
        action, stage, times, address = (text.split(":") + ["", ""])[:4]
        self.action, self.stage, self.address = action, stage, address
        self.left = int(times or 1) or -1

    def applies(self, stage, address=""):
        if self.stage != stage or self.left == 0 or (self.address and self.address != address):
            return False
        self.left -= 1
        return True


rules = [Rule(text) for text in options.do]


def certificate():
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-out", "cert.pem", "-days", "2", "-extfile", "names")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


class Handler:
    async def handle_DATA(self, server, session, envelope):
        number = len(list((folder / "taken").glob("*.eml"))) + 1
        name = folder / "taken" / f"{number:05}"
        name.with_suffix(".to").write_text(envelope.rcpt_tos[0])
        name.with_suffix(".eml").write_bytes(envelope.content)
        log.write(f"taken {envelope.rcpt_tos[0]}\n")
        refusal = await server.misbehave("end", envelope.rcpt_tos[0])
        return refusal or "250 2.0.0 taken"


class Peer(SMTP):
    async def misbehave(self, stage, address=""):
        """The reply that refuses, nothing where the dialogue goes on; closes the connection itself."""
        for rule in rules:
            if not rule.applies(stage, address):
                continue
            log.write(f"{rule.action} at {stage}\n")
            if rule.action == "slow":
                await asyncio.sleep(2)
            elif rule.action == "silent":
                await asyncio.sleep(3600)
            elif rule.action == "drop":
                self.transport.abort()
                raise ConnectionResetError
            else:
                return f"{rule.action} 5.1.1 no such user" if rule.action.startswith("5") \
                    else f"{rule.action} 4.3.0 try again later"
        return None

    async def _handle_client(self):
        log.write("connection\n")
        try:
            if await self.misbehave("connect"):
                await self.push("421 4.3.0 try again later")
                self.transport.close()
                return
            await super()._handle_client()
        except (ConnectionResetError, BrokenPipeError):
            pass

    async def ehlo(self, argument):
        await super().smtp_EHLO(argument)

    async def smtp_EHLO(self, hostname):
        refusal = await self.misbehave("ehlo")
        if refusal:
            return await self.push(refusal)
        await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg):
        refusal = await self.misbehave("starttls")
        if refusal:
            return await self.push(refusal)
        await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg):
        log.write(f"AUTH {arg.split()[0]}\n")
        for rule in rules:
            if rule.action == "echo" and rule.applies("auth"):
                secret = base64.b64decode(arg.split()[-1]).decode().split("\0")[-1]
                return await self.push(f"535 5.7.8 cannot read AUTH {arg} ({secret})")
        refusal = await self.misbehave("auth")
        if refusal:
            return await self.push(refusal)
        await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        refusal = await self.misbehave("mail")
        if refusal:
            return await self.push(refusal)
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        address = arg.split("<")[-1].split(">")[0]
        refusal = await self.misbehave("rcpt", address)
        if refusal:
            return await self.push(refusal)
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        refusal = await self.misbehave("data")
        if refusal:
            return await self.push(refusal)
        for rule in rules:
            if rule.stage == "body" and rule.applies("body"):
                log.write(f"{rule.action} at body\n")
                await self.push("354 go on")
                await self._reader.read(4096)
                if rule.action == "drop":
                    self.transport.abort()
                    raise ConnectionResetError
                await asyncio.sleep(2 if rule.action == "slow" else 3600)
        await super().smtp_DATA(arg)
        await self.misbehave("after")

    async def auth_XOAUTH2(self, _, args):
        answer = args[1] if len(args) > 1 else ""
        text = base64.b64decode(answer).decode()
        if f"auth=Bearer {options.token}\x01" in text:
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False)


def authenticator(server, session, envelope, mechanism, data):
    log.write(f"signed in by {mechanism}\n")
    user, password = (options.auth or ":").split(":")
    good = data.login.decode() == user and data.password.decode() == password
    return AuthResult(success=good, handled=good)


async def main():
    context = certificate() if options.tls else None
    needs_auth = bool(options.auth or options.token)

    def peer():
        return Peer(
            Handler(), hostname="localhost", enable_SMTPUTF8=True, data_size_limit=50_000_000,
            tls_context=context if options.tls == "starttls" else None,
            require_starttls=options.tls == "starttls", auth_required=needs_auth,
            auth_require_tls=False, authenticator=authenticator,
            auth_exclude_mechanism=None if needs_auth else ["LOGIN", "PLAIN", "XOAUTH2"],
            timeout=600)

    server = await asyncio.get_running_loop().create_server(
        peer, "127.0.0.1", 0, ssl=context if options.tls == "implicit" else None)
    port = server.sockets[0].getsockname()[1]
    (folder / "port.new").write_text(str(port))
    os.replace(folder / "port.new", folder / "port")
    await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    sys.exit(0)
