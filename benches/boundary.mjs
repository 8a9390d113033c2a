// How often one quote goes through the wall between JavaScript and wasm: each passage costs some twenty nanoseconds, and
// an innocent-looking change can add hundreds.

import path from "node:path";
import { pathToFileURL } from "node:url";

/** { "quote: into wasm": n, … } for quotes of the terms, with rows and without. */
export async function countBoundaryCalls(folder, terms) {
  const counts = { into: 0, outOf: 0 };
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    const counted = Object.fromEntries(Object.entries(imports).map(([module, members]) => [module, countedMembers(members, counts, "outOf")]));
    const done = await instantiate(source, counted);
    const instance = done.instance ?? done;
    const wrapped = { exports: countedMembers(instance.exports, counts, "into") };
    return done.instance ? { instance: wrapped, module: done.module } : wrapped;
  };
  try {
    const clearloan = await import(`${pathToFileURL(path.join(folder, "index.mjs"))}?counted`);
    await clearloan.init();
    const call = (name, make) => {
      make();
      Object.assign(counts, { into: 0, outOf: 0 });
      make();
      return { [`${name}: into wasm`]: counts.into, [`${name}: out of wasm`]: counts.outOf };
    };
    return { ...call("quote", () => clearloan.quote(terms)),
      ...call("quote without rows", () => clearloan.quote(terms, { instalments: false })) };
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

function countedMembers(members, counts, direction) {
  return Object.fromEntries(Object.keys(members).map((name) => {
    const member = members[name];
    if (typeof member !== "function") return [name, member];
    return [name, (...values) => {
      counts[direction] += 1;
      return member(...values);
    }];
  }));
}
