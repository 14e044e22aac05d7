"""Drives Debian's Chromium by its own DevTools protocol, over a pipe: no package and no port.

    with Browser() as browser:
        page = browser.page("http://127.0.0.1:8000/")
        page.wait("document.title === 'Fieldmark'")
"""

import base64
import fcntl
import itertools
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time


def found():
    """The path of Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Problem(AssertionError):
    """What went wrong in the browser, in a sentence."""


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="fieldmark-browser-")
        to_browser, ours = (high(each) for each in os.pipe())
        from_browser, theirs = (high(each) for each in os.pipe())

        def place():
            # Chromium reads from 3 and writes to 4.
            os.dup2(to_browser, 3)
            os.dup2(theirs, 4)

        flags = [
            "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu",
            "--no-default-browser-check", "--disable-background-networking", "--disable-extensions",
            "--disable-component-update", "--force-color-profile=srgb", "--lang=en-US",
            "--password-store=basic", f"--user-data-dir={self.folder}",
        ]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        self.process = subprocess.Popen(
            [found(), *flags, "about:blank"], preexec_fn=place, pass_fds=(3, 4),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(theirs)
        self.writing = os.fdopen(ours, "wb", buffering=0)
        self.reading = os.fdopen(from_browser, "rb", buffering=0)
        self.numbers = itertools.count(1)
        self.answers, self.pages, self.lock = {}, {}, threading.Lock()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        rest = b""
        while True:
            some = self.reading.read(65536)
            if not some:
                self.reading.close()
                return
            *messages, rest = (rest + some).split(b"\0")
            for text in messages:
                message = json.loads(text)
                if "id" in message:
                    self.answers.pop(message["id"]).put(message)
                elif message.get("sessionId") in self.pages:
                    self.pages[message["sessionId"]].hear(message["method"], message["params"])

    def call(self, method, session=None, timeout=30, **parameters):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.answers[number] = queue.Queue()
        waiting = self.answers[number]
        with self.lock:
            self.writing.write(json.dumps(message).encode() + b"\0")
        try:
            answer = waiting.get(timeout=timeout)
        except queue.Empty:
            raise Problem(f"The browser did not answer {method} in {timeout} s.") from None
        if "error" in answer:
            raise Problem(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def page(self, address, width=1280, height=800, **media):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, target)
        self.pages[session] = page
        for domain in ("Page", "Runtime", "Network", "DOM", "Log"):
            page.call(f"{domain}.enable")
        page.size(width, height)
        page.media(**media)
        page.go(address)
        return page

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close", timeout=5)
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()
        self.writing.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Page:
    def __init__(self, browser, session, target):
        self.browser, self.session, self.target = browser, session, target
        self.complaints, self.requests = [], []

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def hear(self, method, event):
        if method == "Runtime.exceptionThrown":
            details = event["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded" and event["entry"]["level"] == "error":
            self.complaints.append(f"{event['entry']['text']} {event['entry'].get('url', '')}".strip())
        elif method == "Network.requestWillBeSent":
            self.requests.append((event["request"]["method"], event["request"]["url"]))

    def go(self, address):
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete'")

    def size(self, width, height, scale=1, mobile=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=mobile)

    def media(self, kind="", **features):
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", media=kind, features=named)

    def run(self, script, timeout=30):
        """The value of an expression, which may be a promise."""
        answer = self.browser.call(
            "Runtime.evaluate", self.session, timeout, expression=script, awaitPromise=True,
            returnByValue=True, userGesture=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Problem(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def wait(self, script, seconds=15):
        """Waits until an expression is true, and returns its value."""
        end = time.monotonic() + seconds
        while True:
            try:
                value = self.run(script)
                # An element comes back as an empty value, and counts.
                if value not in (None, False, 0, ""):
                    return value
            except Problem as problem:
                value = problem
            if time.monotonic() > end:
                raise Problem(f"After {seconds} s this is still {value!r}: {script}")
            time.sleep(0.03)

    def box(self, selector):
        self.wait(f"document.querySelector({json.dumps(selector)})")
        return self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'nearest'}); const b = e.getBoundingClientRect();"
            "return {x: b.x, y: b.y, width: b.width, height: b.height}; })()")

    def mouse(self, kind, x, y, buttons=0):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, buttons=buttons,
                  button="left" if kind != "mouseMoved" or buttons else "none",
                  clickCount=0 if kind == "mouseMoved" else 1)

    def click(self, selector):
        box = self.box(selector)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for kind, buttons in (("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)):
            self.mouse(kind, x, y, buttons)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def press(self, key, modifiers=0):
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
                 "ArrowDown": 40, "Home": 36, "End": 35, "Backspace": 8, " ": 32}
        code = codes.get(key, ord(key[0].upper()))
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers,
                  "code": {" ": "Space"}.get(key, key if len(key) > 1 else "")}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def choose_files(self, selector, paths):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=paths)

    def drop(self, paths, x, y):
        """Drops files as if they were dragged from a folder."""
        data = {"items": [], "files": paths, "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.call("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def screenshot(self, path):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)


def high(number):
    """The same open file under a number above those that Chromium wants."""
    moved = fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(number)
    return moved
