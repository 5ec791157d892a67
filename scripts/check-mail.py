#!/usr/bin/env python3
"""Reads the HTML of a mail as a strict mail program would and prints what is wrong, a sentence a line.

    scripts/check-mail.py MAIL.html [--text] [--preview]

Mail programs know nested tables and inline styles: whatever else they drop, block or show differently is
a problem here. Pictures have to go along (cid:), with sizes and words; nothing may be remote but the
links. With --text the words of the mail are printed in place of the problems, a piece a line.
Exit status 0: nothing is wrong; 1: something is. Needs the standard library of Python 3 alone.
"""

import argparse
import html.parser
import pathlib
import re
import sys

MOST_BYTES = 90 * 1024
VOID = {"br", "img", "meta"}
LAYOUT = {"align", "valign", "width", "style", "class", "bgcolor"}
ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "name", "content"}, "title": set(),
    "style": set(), "body": {"style"}, "div": {"style"}, "p": {"style", "class", "id"},
    "h1": {"style"}, "h2": {"style"}, "b": {"style"}, "i": set(), "bdi": set(), "br": set(),
    "span": {"style", "class"}, "a": {"href", "style", "name"},
    "table": LAYOUT | {"role", "cellpadding", "cellspacing", "border", "aria-label"},
    "thead": set(), "tbody": set(), "tr": {"valign", "style"},
    "td": LAYOUT | {"nowrap"}, "th": LAYOUT | {"scope"},
    "img": {"src", "width", "height", "alt", "border", "style"},
}
FORBIDDEN_STYLE = re.compile(
    r"flex|grid|position\s*:|float|url\s*\(|@import|expression|behavior|javascript", re.IGNORECASE)


class Reader(html.parser.HTMLParser):
    def __init__(self, folder=None):
        super().__init__(convert_charrefs=True)
        self.folder = folder
        self.problems, self.words, self.open = [], [], []
        self.targets, self.anchors, self.pictures = set(), [], []
        self.tables = []

    def say(self, sentence):
        self.problems.append(f"Line {self.getpos()[0]}: {sentence}")

    def handle_starttag(self, tag, attributes):
        if tag not in ALLOWED:
            self.say(f"<{tag}> is no tag for mails.")
            return
        values = dict(attributes)
        for name, value in attributes:
            if name not in ALLOWED[tag]:
                self.say(f"<{tag}> has the attribute {name}.")
            if name == "style" and FORBIDDEN_STYLE.search(value or ""):
                self.say(f"<{tag}> has the style {value}.")
        for name in ("id", "name"):
            if tag in ("p", "a") and name in values:
                self.targets.add(values[name])
        if tag == "a" and "href" in values:
            self.anchors.append(values["href"])
            if not re.match(r"https://[a-z0-9.-]+(/|$)|#", values["href"]):
                self.say(f"A link leads to {values['href']}.")
        if tag == "img":
            self.pictures.append(values.get("src", ""))
            source = values.get("src", "")
            beside = self.folder and re.fullmatch(r"[A-Za-z0-9.-]+", source)
            if not source.startswith("cid:") and not (beside and (self.folder / source).is_file()):
                self.say(f"A picture comes from {source}.")
            if not values.get("alt"):
                self.say("A picture has no words for those who cannot see it.")
            for side in ("width", "height"):
                if not (values.get(side) or "").isdigit():
                    self.say(f"A picture has no {side}.")
            if "background-color" not in values.get("style", ""):
                self.say("A picture has no ground of its own.")
        if tag == "table":
            self.tables.append({"role": values.get("role"), "heads": 0})
        if tag == "th" and self.tables:
            self.tables[-1]["heads"] += 1
            if "scope" not in values:
                self.say("A <th> does not say what it heads.")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.say(f"</{tag}> closes nothing; open is <{self.open[-1] if self.open else ''}>.")
            return
        self.open.pop()
        if tag == "table":
            table = self.tables.pop()
            if table["role"] != "presentation" and not table["heads"]:
                self.say("A table has neither headings nor role=\"presentation\".")
            if table["role"] == "presentation" and table["heads"]:
                self.say("A table of data says that it is layout.")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            rules = re.sub(r"\s+", " ", data).strip()
            if not re.fullmatch(r"@media [^{}]+\{( ?[^{}@]+\{[^{}]*\})* ?\}", rules):
                self.say("<style> holds more than media queries.")
            if FORBIDDEN_STYLE.search(rules):
                self.say("<style> holds what mail programs do not know.")
        elif data.strip():
            self.words.append(re.sub(r"[ \n\t]+", " ", data).strip(" "))

    def handle_comment(self, data):
        if not re.fullmatch(r"\[if mso\]>.*<!\[endif\]", data, re.DOTALL):
            self.say("There is a comment.")

    def unknown_decl(self, data):
        self.say(f"There is a declaration: {data[:40]}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mail", type=pathlib.Path)
    parser.add_argument("--text", action="store_true", help="print the words of the mail")
    parser.add_argument("--preview", action="store_true", help="pictures are files beside it")
    options = parser.parse_args()
    data = options.mail.read_bytes()
    reader = Reader(options.mail.resolve().parent if options.preview else None)
    reader.feed(data.decode("utf-8"))
    reader.close()
    if options.text:
        print("\n".join(reader.words))
        return 0
    problems = reader.problems + [f"<{tag}> is never closed." for tag in reader.open]
    if len(data) > MOST_BYTES:
        problems.append(f"The mail has {len(data)} bytes, more than {MOST_BYTES}.")
    for anchor in reader.anchors:
        if anchor.startswith("#") and anchor[1:] not in reader.targets:
            problems.append(f"A link leads to {anchor}, which is nowhere.")
    if re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", data):
        problems.append("There is a control character.")
    if len(set(reader.pictures)) < len(reader.pictures):
        problems.append("Two pictures have one address.")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
