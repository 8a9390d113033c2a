// Reads and rewrites the sections of a wasm file: what wasm-opt and wasm-bindgen do not do for us.

const CUSTOM = 0, EXPORT = 7;
export const KINDS = ["function", "table", "memory", "global", "tag"];

/** @returns {[number, number]} the number at `offset` in unsigned LEB128, and the offset behind it */
function readNumber(bytes, offset) {
  let value = 0, shift = 0, byte;
  do {
    byte = bytes[offset++];
    value |= (byte & 127) << shift;
    shift += 7;
  } while (byte & 128);
  return [value >>> 0, offset];
}

function writeNumber(value) {
  const out = [];
  do {
    const byte = value & 127;
    value >>>= 7;
    out.push(value ? byte | 128 : byte);
  } while (value);
  return Uint8Array.from(out);
}

function readName(bytes, offset) {
  const [length, start] = readNumber(bytes, offset);
  return [new TextDecoder().decode(bytes.subarray(start, start + length)), start + length];
}

function* sections(bytes) {
  for (let offset = 8; offset < bytes.length;) {
    const start = offset;
    const [size, body] = readNumber(bytes, offset + 1);
    offset = body + size;
    yield { id: bytes[start], whole: bytes.subarray(start, offset), body: bytes.subarray(body, offset) };
  }
}

function exportsIn(body) {
  let [count, offset] = readNumber(body, 0);
  const found = [];
  while (count--) {
    const start = offset;
    const [name, behindName] = readName(body, offset);
    const [index, end] = readNumber(body, behindName + 1);
    found.push({ name, kind: KINDS[body[behindName]], index, whole: body.subarray(start, end) });
    offset = end;
  }
  return found;
}

/** Every export: its name, its kind and the index of what it names. */
export function listExports(bytes) {
  const section = [...sections(bytes)].find(({ id }) => id === EXPORT);
  return section ? exportsIn(section.body) : [];
}

/** Names of the custom sections. */
export function listCustomSections(bytes) {
  return [...sections(bytes)].filter(({ id }) => id === CUSTOM).map(({ body }) => readName(body, 0)[0]);
}

/** The kinds of all imports, without repetition. */
export function listImportKinds(bytes) {
  return [...new Set(WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ kind }) => kind))];
}

export function withoutCustomSection(bytes, name) {
  const kept = [...sections(bytes)].filter(({ id, body }) => id !== CUSTOM || readName(body, 0)[0] !== name);
  return Buffer.concat([bytes.subarray(0, 8), ...kept.map(({ whole }) => whole)]);
}

export function withoutExports(bytes, names) {
  const parts = [bytes.subarray(0, 8)];
  for (const { id, whole, body } of sections(bytes)) {
    if (id !== EXPORT) {
      parts.push(whole);
      continue;
    }
    const kept = exportsIn(body).filter(({ name }) => !names.includes(name));
    const content = Buffer.concat([writeNumber(kept.length), ...kept.map(({ whole: entry }) => entry)]);
    parts.push(Uint8Array.of(EXPORT), writeNumber(content.length), content);
  }
  return Buffer.concat(parts);
}

/** What a wasm file must be so that every host can load it; each fault as a sentence. */
export function exportFaults(bytes) {
  const faults = [];
  const exports = listExports(bytes);
  for (const { name, kind } of exports) {
    if (kind !== "function" && kind !== "memory") faults.push(`The export "${name}" is a ${kind}; iOS cannot export one.`);
  }
  for (const { name, kind, index } of exports) {
    const first = exports.find((other) => other.kind === kind && other.index === index);
    if (first.name !== name) faults.push(`"${first.name}" and "${name}" are one ${kind} under two names; an old iOS client loses one.`);
  }
  if (!exports.some(({ kind }) => kind === "memory")) faults.push("No memory is exported.");
  for (const kind of listImportKinds(bytes)) {
    if (kind !== "function") faults.push(`A ${kind} is imported; only functions may be.`);
  }
  for (const name of listCustomSections(bytes)) faults.push(`The custom section "${name}" is dead weight.`);
  return faults;
}
