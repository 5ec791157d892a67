#!/usr/bin/env python3
"""A server of mail that takes everything, for scripts/bench-delivery.sh.

sink.py FOLDER writes its port into FOLDER/port and a line for each message that it takes into FOLDER/taken:
recipient, bytes, pictures. It answers as a server does that has the message: after writing it.
"""
import os
import pathlib
import socketserver
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
taken = open(folder / "taken", "a", buffering=1)
connections = 0


class Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    rbufsize = 1 << 20

    def say(self, reply):
        self.wfile.write(reply + b"\r\n")

    def handle(self):
        global connections
        connections += 1
        (folder / "connections").write_text(str(connections))
        self.say(b"220 localhost")
        recipient = ""
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                self.wfile.write(b"250-localhost\r\n250-SIZE 50000000\r\n250 8BITMIME\r\n")
            elif word == b"RCPT":
                recipient = line.split(b"<")[-1].split(b">")[0].decode()
                self.say(b"250 ok")
            elif word == b"DATA":
                self.say(b"354 go on")
                body = []
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    body.append(part)
                text = b"".join(body)
                taken.write(f"{recipient} {len(text)} {text.count(b'Content-Type: image/png')}\n")
                self.say(b"250 taken")
            elif word == b"QUIT":
                self.say(b"221 bye")
                return
            else:
                self.say(b"250 ok")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


with Server(("127.0.0.1", 0), Session) as server:
    (folder / "port.new").write_text(str(server.server_address[1]))
    os.replace(folder / "port.new", folder / "port")
    server.serve_forever()
