"""The wasm with the plain interface, in wasmtime: the golden vectors byte for byte, memory that does not grow, and the
fingerprint computed anew from its documented canonical form. Usage: plain.py WASM GOLDEN.jsonl"""

import hashlib
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "examples", "plain"))
sys.dont_write_bytecode = True
from clearloan import Clearloan, LoanError  # noqa: E402

WASM, GOLDEN = sys.argv[1:3]
with open(WASM, "rb") as file:
    WASM_BYTES = file.read()
with open(GOLDEN, encoding="utf-8") as file:
    VECTORS = [json.loads(line) for line in file]
LOAN_A = {"principal": "10000.00", "interest": {"annual": "0.12"}, "method": "equalInstalment", "instalmentCount": 4,
          "disbursementDate": "2026-11-24"}


def canonical(value):
    """RFC 8785 for data without fractions, which is all that the engine gives: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint_of(quote):
    """The fingerprint of any host's quote, without the engine."""
    return hashlib.sha256(canonical({"schedule": quote["schedule"], "terms": quote["terms"]})).hexdigest()


class PlainInterface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = Clearloan(WASM_BYTES)

    def test_each_golden_vector_has_the_same_bytes(self):
        self.assertGreater(len(VECTORS), 1500)
        for vector in VECTORS:
            request = canonical({"call": vector["call"], "arguments": vector["arguments"]}).decode()
            answer = self.engine.answer(request)
            self.assertEqual(canonical(json.loads(answer)), canonical(vector["answer"]), request)
            # Not only the same data: the engine itself writes sorted keys.
            self.assertEqual(answer.encode(), canonical(vector["answer"]), request)

    def test_the_fingerprint_is_the_hash_of_the_canonical_form(self):
        fingerprints = [vector for vector in VECTORS if vector["call"] == "fingerprint" and "ok" in vector["answer"]]
        quotes = {canonical(vector["arguments"]): vector["answer"]["ok"] for vector in VECTORS
                  if vector["call"] == "quote" and "ok" in vector["answer"]}
        checked = 0
        for vector in fingerprints:
            quote = quotes.get(canonical(vector["arguments"]))
            # A loan may have a schedule and yet no rate: then there is no quote to take it from.
            if quote is not None:
                self.assertEqual(fingerprint_of(quote), vector["answer"]["ok"])
                checked += 1
        self.assertGreater(checked, 150)

    def test_the_example_of_the_documentation(self):
        self.assertEqual(self.engine.call("quote", LOAN_A)["schedule"]["firstPayment"], "2562.81")
        with self.assertRaises(LoanError) as caught:
            self.engine.call("quote", {**LOAN_A, "principal": 10000})
        self.assertEqual([issue["field"] for issue in caught.exception.issues], ["principal"])

    def test_memory_is_given_back(self):
        request = json.dumps({"call": "quote", "arguments": [{**LOAN_A, "instalmentCount": 360}]})
        self.engine.answer(request)
        size = self.engine.memory.size(self.engine.store)
        for _ in range(2000):
            self.engine.answer(request)
        self.assertEqual(self.engine.memory.size(self.engine.store), size)

    def test_bytes_that_are_no_text_are_answered(self):
        store = self.engine.store
        for bad in (b"\xff\xfe", b"", b"\x00" * 9):
            address = self.engine.alloc(store, len(bad))
            self.engine.memory.write(store, bad, address)
            packed = self.engine.run(store, address, len(bad))
            self.engine.free(store, address, len(bad))
            start, length = (packed >> 32) & 0xFFFFFFFF, packed & 0xFFFFFFFF
            answer = json.loads(self.engine.memory.read(store, start, start + length))
            self.engine.free(store, start, length)
            self.assertEqual(answer["error"]["issues"][0]["code"], "unreadable")

    def test_more_memory_than_there_is_gives_no_address(self):
        engine = Clearloan(WASM_BYTES)
        engine.store.set_limits(memory_size=4 << 20)
        self.assertEqual(engine.alloc(engine.store, 8 << 20), 0)
        self.assertEqual(engine.alloc(engine.store, -1), 0)
        self.assertEqual(engine.call("quote", LOAN_A)["schedule"]["firstPayment"], "2562.81")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
