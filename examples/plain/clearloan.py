"""clearloan in Python, through the wasm with the plain interface and `pip install wasmtime`.

    python clearloan.py clearloan-plain.wasm      prints a quote
"""

import json
import sys

from wasmtime import Instance, Module, Store


class LoanError(Exception):
    """Every problem found: a code, a field, a message in Chinese and in English."""

    def __init__(self, issues):
        super().__init__("; ".join(f"{issue['field']}: {issue['message']['en']}" for issue in issues))
        self.issues = issues


class Clearloan:
    """One engine; its calls are those of the JavaScript package, by the same names. For one thread at a time."""

    def __init__(self, wasm):
        self.store = Store()
        exports = Instance(self.store, Module(self.store.engine, wasm), []).exports(self.store)
        self.memory, self.alloc, self.run, self.free = (exports[name] for name in ("memory", "alloc", "call", "free"))

    def call(self, name, *arguments):
        """What the call gives, as plain data; raises LoanError."""
        answer = json.loads(self.answer(json.dumps({"call": name, "arguments": arguments})))
        if "error" in answer:
            raise LoanError(answer["error"]["issues"])
        return answer["ok"]

    def answer(self, request):
        """The answer's text for a request's text."""
        written = request.encode()
        address = self.alloc(self.store, len(written))
        self.memory.write(self.store, written, address)
        packed = self.run(self.store, address, len(written))
        self.free(self.store, address, len(written))
        start, length = (packed >> 32) & 0xFFFFFFFF, packed & 0xFFFFFFFF
        text = self.memory.read(self.store, start, start + length).decode()
        self.free(self.store, start, length)
        return text


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        engine = Clearloan(file.read())
    quote = engine.call("quote", {
        "principal": "20000.00", "interest": {"annual": "0.18"}, "method": "equalInstalment", "instalmentCount": 12,
        "disbursementDate": "2026-11-24",
        "fees": [{"code": "service", "charge": {"rate": "0.01", "of": "principal"}, "when": "disbursement", "settlement": "deducted"}],
    })
    print(quote["schedule"]["firstPayment"], quote["schedule"]["lastPayment"], quote["cost"]["simpleAnnual"])
