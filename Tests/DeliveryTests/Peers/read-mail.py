#!/usr/bin/env python3
"""Reads a message as Python's email package does and says as JSON what it found."""
import email
import email.header
import email.policy
import email.utils
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile

message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.SMTP)
plain = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.compat32)


def structure(part):
    if part.is_multipart():
        return [part.get_content_subtype()] + [structure(p) for p in part.iter_parts()]
    return part.get_content_type()


def mailboxes(header):
    # The addresses of Python's newer interface keep the space between two encoded words, which RFC 2047
    # takes away; the older one reads them right.
    pairs = email.utils.getaddresses([plain[header].replace("\r\n", "").replace("\n", "")])
    return [[str(email.header.make_header(email.header.decode_header(name))), address]
            for name, address in pairs]


texts, files = {}, []
for part in message.walk():
    if part.is_multipart():
        continue
    if part.get_content_disposition() is None:
        texts[part.get_content_subtype()] = part.get_content().replace("\r\n", "\n")
    else:
        content = part.get_payload(decode=True)
        # What a reader can find in it: a workbook and a page as text.
        shown = content.decode("utf-8", "ignore")
        if "--shown" not in sys.argv:
            shown = ""
        elif content.startswith(b"PK"):
            book = zipfile.ZipFile(io.BytesIO(content))
            shown = "\n".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())
        elif content.startswith(b"%PDF") and shutil.which("pdftotext"):
            shown = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True,
                                   check=True).stdout.decode()
        elif part.get_content_maintype() == "image":
            shown = ""
        files.append({
            "shown": shown,
            "name": part.get_filename(), "type": part.get_content_type(),
            "disposition": part.get_content_disposition(), "id": part.get("Content-ID", ""),
            "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
        })
json.dump({
    "structure": structure(message), "from": mailboxes("From"), "to": mailboxes("To"),
    "subject": message["Subject"], "date": message["Date"].datetime.isoformat(),
    "id": message["Message-ID"], "headers": [[k, str(v)] for k, v in message.items()],
    "texts": texts, "files": files,
    "defects": [str(d) for p in message.walk() for d in p.defects]
    + [str(d) for v in message.values() for d in getattr(v, "defects", ())],
    "longest": max(len(line) for line in open(sys.argv[1], "rb").read().split(b"\r\n")),
    "isASCII": open(sys.argv[1], "rb").read().isascii(),
}, sys.stdout, ensure_ascii=False)
