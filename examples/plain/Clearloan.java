// clearloan in Java, through the wasm with the plain interface and com.dylibso.chicory:runtime, which is pure Java.
//
//     java -cp … Clearloan.java clearloan-plain.wasm      prints a quote

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import java.io.File;
import java.nio.charset.StandardCharsets;

/** One engine, for one thread at a time. */
final class Clearloan {
    private final Instance instance;

    Clearloan(File wasm) {
        instance = Instance.builder(Parser.parse(wasm)).build();
    }

    /** The answer's JSON for a request's JSON. */
    String answer(String request) {
        byte[] written = request.getBytes(StandardCharsets.UTF_8);
        long address = instance.export("alloc").apply(written.length)[0];
        instance.memory().write((int) address, written);
        long packed = instance.export("call").apply(address, written.length)[0];
        instance.export("free").apply(address, written.length);
        long start = packed >>> 32, length = packed & 0xFFFFFFFFL;
        String answer = new String(instance.memory().readBytes((int) start, (int) length), StandardCharsets.UTF_8);
        instance.export("free").apply(start, length);
        return answer;
    }

    public static void main(String[] arguments) {
        System.out.println(new Clearloan(new File(arguments[0])).answer("""
            { "call": "quote", "arguments": [{ "principal": "20000.00", "interest": { "annual": "0.18" },
              "method": "equalInstalment", "instalmentCount": 12, "disbursementDate": "2026-11-24" },
              { "instalments": false }] }"""));
    }
}
