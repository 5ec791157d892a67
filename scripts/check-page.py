#!/usr/bin/env python3
"""Opens a page in headless Chromium and prints what a reader would trip over, a sentence a line.

    scripts/check-page.py PAGE.html [--width 390] [--dark] [--print] [--no-script]
                          [--steps FILE.json] [--screenshot out.png] [--axe axe.min.js] [--time]

Steps are done before the page is looked at, as a person would: a list of objects, each one of
{"press": "ArrowDown"}, {"type": "text"}, {"click": "selector"}, or {"expect": "expression", "is": value},
which is a problem where the expression of JavaScript gives another value.

Problems: errors in the console, resources that failed to load, sideways scrolling, text that is cut
off, text that lies over other text; with --axe what axe calls serious or critical for people who
use a screen reader, a keyboard or larger letters. --time says on standard error what opening the
page took. Exit status 0: none; 1: some; 2: the page could not be opened.
Needs Chromium and the standard library of Python 3; it speaks the DevTools protocol over a pipe.
"""

import argparse
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

LAYOUT = r"""
(() => {
  const problems = [];
  const shown = new Map();
  const say = (text) => {
    const words = text.replace(/\s+/g, ' ').trim();
    return '“' + (words.length > 60 ? words.slice(0, 59) + '…' : words) + '”';
  };
  const name = (element, text) => {
    const id = element.id ? '#' + element.id : '';
    return '<' + element.tagName.toLowerCase() + id + '> ' + say(text || element.textContent);
  };
  // Text for screen readers alone stands in a box of one pixel; it is hidden on purpose.
  const visible = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility !== 'visible' && at === element) return false;
      if (style.display === 'none' || style.opacity === '0') return false;
      const box = at.getBoundingClientRect();
      const hides = style.overflowX !== 'visible' || style.clipPath !== 'none';
      if (hides && (box.width <= 1 || box.height <= 1)) return false;
    }
    return element.checkVisibility ? element.checkVisibility() : true;
  };

  // 1. The page is as wide as its window.
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) {
    let widest = null;
    for (const element of document.body.querySelectorAll('*')) {
      const right = element.getBoundingClientRect().right + scrollX;
      let scrolls = false;
      for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible' && at !== document.body) scrolls = true;
      }
      if (!scrolls && visible(element) && (!widest || right > widest.right)) {
        widest = { element, right };
      }
    }
    problems.push('The page is ' + root.scrollWidth + ' px wide in a window of ' + innerWidth +
      ' px' + (widest ? ': ' + name(widest.element) + ' reaches to ' + Math.round(widest.right) +
      ' px.' : '.'));
  }

  // The boxes of every piece of text, in page coordinates, cut to the boxes that scroll or hide it.
  const pieces = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'TITLE', 'DESC', 'TEMPLATE']
      .includes(parent.tagName.toUpperCase()) || !visible(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      let { left, top, right, bottom } = rect;
      let cut = null;
      for (let at = parent; at && at !== document.body.parentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const clip = at.getBoundingClientRect();
        const gone = rect.right > clip.right + 1 || rect.left < clip.left - 1;
        const goneY = rect.bottom > clip.bottom + 2 || rect.top < clip.top - 2;
        if ((gone && style.overflowX === 'hidden') || (gone && style.overflowX === 'clip') ||
            (goneY && (style.overflowY === 'hidden' || style.overflowY === 'clip'))) {
          cut = cut || at;
        }
        left = Math.max(left, clip.left); right = Math.min(right, clip.right);
        top = Math.max(top, clip.top); bottom = Math.min(bottom, clip.bottom);
      }
      // An SVG hides what leaves it.
      const svg = parent.closest && parent.closest('svg');
      if (svg) {
        const frame = svg.getBoundingClientRect();
        if (rect.right > frame.right + 1 || rect.left < frame.left - 1 ||
            rect.bottom > frame.bottom + 1 || rect.top < frame.top - 1) cut = cut || svg;
      }
      if (cut && !shown.has(parent)) {
        shown.set(parent, true);
        problems.push(name(parent, node.data) + ' is cut off: it needs ' +
          Math.round(rect.width) + ' × ' + Math.round(rect.height) + ' px, <' +
          cut.tagName.toLowerCase() + '> shows ' + Math.round(Math.max(0, right - left)) + ' × ' +
          Math.round(Math.max(0, bottom - top)) + ' px.');
      }
      if (right - left > 1 && bottom - top > 1) {
        pieces.push({ parent, text: node.data, left, top, right, bottom, node });
      }
    }
  }

  // 2. Form controls and the like hold text that is no text node.
  for (const element of document.querySelectorAll('input, select, textarea, button')) {
    if (visible(element) && element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).overflowX === 'hidden') {
      problems.push(name(element, element.value || element.textContent) + ' is cut off.');
    }
  }

  // 3. No text over other text. Glyphs fill about the middle two thirds of a line's box, so the
  // boxes are shrunk; tight lines are no fault. A text in front hides nothing if it is opaque on
  // purpose: position sticky or fixed.
  const stuck = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (['sticky', 'fixed'].includes(getComputedStyle(at).position)) return true;
    }
    return false;
  };
  pieces.sort((a, b) => a.top - b.top);
  const told = new Set();
  for (let i = 0; i < pieces.length; i++) {
    const a = pieces[i];
    const shrinkA = (a.bottom - a.top) * 0.2;
    for (let j = i + 1; j < pieces.length && pieces[j].top < a.bottom; j++) {
      const b = pieces[j];
      if (a.node === b.node) continue;
      const shrinkB = (b.bottom - b.top) * 0.2;
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom - shrinkA, b.bottom - shrinkB) -
        Math.max(a.top + shrinkA, b.top + shrinkB);
      if (x > 1 && y > 1 && !stuck(a.parent) && !stuck(b.parent)) {
        const later = a.node.compareDocumentPosition(b.node) & Node.DOCUMENT_POSITION_FOLLOWING;
        const [front, back] = later ? [b, a] : [a, b];
        const sentence = name(front.parent, front.text) + ' lies over ' +
          name(back.parent, back.text) + '.';
        if (!told.has(sentence)) { told.add(sentence); problems.push(sentence); }
      }
    }
  }

  // 4. Pictures that did not arrive.
  for (const image of document.images) {
    if (image.complete && image.naturalWidth === 0) {
      problems.push('The picture ' + say(image.getAttribute('src') || '') + ' is not shown.');
    }
  }
  return problems;
})()
"""


class Browser:
    """A Chromium driven through the pipe on its file descriptors 3 and 4."""

    def __init__(self, program, profile):
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()

        def place():
            # The child's ends may already be 3 or 4: move them out of the way first.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
             "--disable-background-networking", "--allow-file-access-from-files",
             "--force-color-profile=srgb", f"--user-data-dir={profile}",
             "--remote-debugging-pipe", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=place)
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._last = 0
        self.events = []
        self.session = None

    def send(self, method, **parameters):
        """Calls a method and returns its result; events that arrive before it are kept."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive(60)
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method, seconds):
        """Waits for an event, which stays among the events."""
        end = time.monotonic() + seconds
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._receive(end - time.monotonic()))

    def drain(self, seconds):
        """Collects what arrives within a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.events.append(self._receive(end - time.monotonic()))
            except TimeoutError:
                return

    def _receive(self, seconds):
        end = time.monotonic() + seconds
        while b"\0" not in self._buffer:
            left = max(0, end - time.monotonic())
            if not select.select([self._in], [], [], left)[0]:
                raise TimeoutError("the browser did not answer in time")
            data = os.read(self._in, 1 << 16)
            if not data:
                raise RuntimeError("the browser ended early")
            self._buffer += data
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def close(self):
        try:
            self.session = None
            self.send("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()


def console_problems(events):
    for event in events:
        method, parameters = event.get("method"), event.get("params", {})
        if method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "assert"):
            words = [str(a.get("value", a.get("description", ""))) for a in parameters["args"]]
            yield "Console error: " + " ".join(words)
        elif method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details["text"]
            yield "Console error: " + text.splitlines()[0]
        elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            entry = parameters["entry"]
            where = f" ({entry['url']})" if entry.get("url") else ""
            yield "Console error: " + entry["text"] + where


KEYS = {
    "ArrowDown": 40, "ArrowUp": 38, "ArrowLeft": 37, "ArrowRight": 39, "Home": 36, "End": 35,
    "Enter": 13, "Escape": 27, "Tab": 9, "Backspace": 8, " ": 32,
}


def press(browser, key):
    name, modifiers = (key[6:], 8) if key.startswith("Shift+") else (key, 0)
    event = {"key": name, "modifiers": modifiers}
    if name in KEYS:
        event |= {"code": name, "windowsVirtualKeyCode": KEYS[name]}
    if len(name) == 1 or name == "Enter":
        event["text"] = "\r" if name == "Enter" else name
    browser.send("Input.dispatchKeyEvent", type="keyDown", **event)
    event.pop("text", None)
    browser.send("Input.dispatchKeyEvent", type="keyUp", **event)


def evaluate(browser, expression):
    answer = browser.send("Runtime.evaluate", expression=expression, returnByValue=True)
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
    return answer["result"].get("value")


def walk(browser, steps):
    """Does the steps of a reader; gives a sentence for each expectation that is not met."""
    for number, step in enumerate(steps, 1):
        if "press" in step:
            press(browser, step["press"])
        elif "type" in step:
            browser.send("Input.insertText", text=step["type"])
        elif "click" in step:
            # A mouse on the middle of what is there, not a call of its handler.
            # Where it rests: a page may still be scrolling when a step begins.
            place = settled(browser, f"""(() => {{
              const element = document.querySelector({json.dumps(step["click"])});
              if (!element) return null;
              element.scrollIntoView({{block: 'center', inline: 'center', behavior: 'instant'}});
              const box = element.getBoundingClientRect();
              return {{x: box.left + box.width / 2, y: box.top + box.height / 2}};
            }})()""")
            if place is None:
                yield f"Step {number}: there is no {step['click']} to click."
                continue
            for kind in ("mousePressed", "mouseReleased"):
                browser.send("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1,
                             **place)
        if "expect" in step:
            value = evaluate(browser, step["expect"])
            for _ in range(40):     # a busy machine paints late
                if value == step["is"]:
                    break
                time.sleep(0.05)
                value = evaluate(browser, step["expect"])
            if value != step["is"]:
                yield (f"Step {number}: {step['expect']} is {json.dumps(value)}, "
                       f"not {json.dumps(step['is'])}.")


def settled(browser, expression):
    """The value of an expression once it stays the same for a moment; the last after two seconds."""
    value = evaluate(browser, expression)
    for _ in range(20):
        time.sleep(0.1)
        last, value = value, evaluate(browser, expression)
        if value == last:
            break
    return value


def axe_problems(browser, script):
    """What axe finds serious or critical, a sentence each with the places where it is."""
    browser.send("Runtime.evaluate", expression=script.read_text())
    answer = browser.send("Runtime.evaluate", awaitPromise=True, returnByValue=True, expression="""
      axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations.map((found) =>
        ({impact: found.impact, id: found.id, help: found.help,
          places: found.nodes.map((node) => node.target.join(' '))})))""")
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
    for found in answer["result"]["value"]:
        if found["impact"] in ("serious", "critical"):
            places = ", ".join(found["places"][:5])
            yield f"axe, {found['impact']}: {found['id']}: {found['help']}, at {places}."


def told_times(browser):
    """When the page was read and painted, in milliseconds since it was asked for, and what it took."""
    metrics = {entry["name"]: entry["value"] for entry in
               browser.send("Performance.getMetrics")["metrics"]}
    parts = ", ".join(f"{word} {metrics[name] * 1000:.0f} ms" for word, name in (
        ("styles", "RecalcStyleDuration"), ("layout", "LayoutDuration"), ("script", "ScriptDuration"),
        ("all tasks", "TaskDuration")))
    return parts + "; " + evaluate(browser, """(() => {
      const page = performance.getEntriesByType('navigation')[0];
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      return 'read ' + Math.round(page.domInteractive) + ' ms, scripts done ' +
        Math.round(page.domContentLoadedEventEnd) + ' ms, loaded ' + Math.round(page.loadEventEnd) +
        ' ms, painted ' + (paint ? Math.round(paint.startTime) : '?') + ' ms';
    })()""")


def check(page, options):
    program = next(filter(None, map(shutil.which, (
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
    if program is None:
        sys.exit("check-page: Chromium is not installed; `make test` installs it.")
    with tempfile.TemporaryDirectory(prefix="check-page-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            target = browser.send("Target.createTarget", url="about:blank")["targetId"]
            browser.session = browser.send(
                "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Performance"):
                browser.send(f"{domain}.enable")
            browser.send("Emulation.setDeviceMetricsOverride", width=options.width,
                         height=options.height, deviceScaleFactor=1, mobile=False)
            scheme = "dark" if options.dark else "light"
            browser.send("Emulation.setEmulatedMedia", media="print" if options.print else "screen",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
            if options.no_script:
                browser.send("Emulation.setScriptExecutionDisabled", value=True)
            browser.events.clear()
            answer = browser.send("Page.navigate", url=page.as_uri())
            if answer.get("errorText"):
                raise RuntimeError(answer["errorText"])
            browser.wait("Page.loadEventFired", 60)
            if not options.no_script:
                browser.send("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)",
                             awaitPromise=True)
            browser.drain(0.2)
            if options.time:
                print(told_times(browser), file=sys.stderr)
            steps = json.loads(options.steps.read_text()) if options.steps else []
            met = list(walk(browser, steps))
            layout = browser.send("Runtime.evaluate", expression=LAYOUT, returnByValue=True)
            if "exceptionDetails" in layout:
                raise RuntimeError(layout["exceptionDetails"]["exception"]["description"])
            if options.screenshot:
                size = browser.send("Page.getLayoutMetrics")["cssContentSize"]
                clip = {"x": 0, "y": 0, "width": max(size["width"], options.width),
                        "height": min(size["height"], options.max_height), "scale": 1}
                shot = browser.send("Page.captureScreenshot", format="png", clip=clip,
                                    captureBeyondViewport=True)
                pathlib.Path(options.screenshot).write_bytes(base64.b64decode(shot["data"]))
            # Behind the console's events: a policy of the page would refuse a script of its own.
            axe = list(axe_problems(browser, options.axe)) if options.axe else []
            found = list(console_problems(browser.events)) + met + layout["result"]["value"] + axe
            return list(dict.fromkeys(found))
        finally:
            browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--max-height", type=int, default=8000,
                        help="how much of a long page a screenshot holds")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--no-script", action="store_true", help="as where scripts are off")
    parser.add_argument("--steps", type=pathlib.Path, metavar="FILE",
                        help="what a reader does before the page is looked at")
    parser.add_argument("--axe", type=pathlib.Path, metavar="FILE",
                        help="axe.min.js, which judges whether everybody can use the page")
    parser.add_argument("--time", action="store_true", help="say what opening the page took")
    parser.add_argument("--screenshot", metavar="FILE")
    options = parser.parse_args()
    if not options.page.is_file():
        print(f"check-page: there is no page {options.page}.", file=sys.stderr)
        return 2
    try:
        problems = check(options.page.resolve(), options)
    except (RuntimeError, TimeoutError, OSError) as error:
        print(f"check-page: {options.page}: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
