// Whatever the caller handed over, as one JSON text, written before the engine sees it. Reading a value can run the
// caller's code (getters, proxies), and code that throws while wasm is on the stack leaves the engine half way through a
// call. So all reading happens here, within limits, and the engine gets a text, which cannot surprise it.

import { LoanError, issue } from "./error.js";

/** Levels of nesting; terms need five. */
export const DEPTH_MAX = 32;
/** Entries of one list or fields of one object: one more than the longest list that any call takes (100,000 offers). */
export const ENTRIES_MAX = 100_001;
/** Values in all. */
export const VALUES_MAX = 1_000_000;
/** Characters of one text or name; the engine's own limit is lower, and this keeps it from copying megabytes to say so. */
export const TEXT_MAX = 100_000;
/** Characters of all texts and names together. */
export const TEXTS_MAX = 32_000_000;
/** Problems reported; past these, the input is beyond repair. */
const ISSUES_MAX = 100;
/** Characters of a name that are shown in a path. */
const NAME_SHOWN_MAX = 64;

/**
 * What no JSON could hold is written as a number beyond all bounds: NaN, a function, a symbol, a BigInt, a Date, a Map.
 * The engine takes such a number nowhere, so that the field is refused by its name, together with all other bad fields.
 */
const NOT_DATA = "1e999";

/** What cannot stand between quotes as it is: quotes, backslashes, control characters, halves of surrogate pairs. */
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** @typedef {import("./clearloan.js").LoanIssue} LoanIssue */

/**
 * @param {unknown} value anything at all
 * @param {string} name where it stands, when a problem has to be named: "" for the terms, else "options"
 * @returns {string} JSON, with numbers beyond all bounds for what is no data
 */
export function plainJson(value, name) {
  const writer = new Writer(name);
  const text = writer.value(value);
  if (writer.issues !== undefined) throw new LoanError(writer.issues);
  return text;
}

/** `"name":` for names that have come by; callers use a few dozen, and the rest is not kept. */
const NAMES = new Map();
const NAMES_KEPT_MAX = 500;

/** @param {string} name */
function nameText(name) {
  let text = NAMES.get(name);
  if (text === undefined) {
    text = `${quoted(name)}:`;
    if (NAMES.size < NAMES_KEPT_MAX && name.length <= NAME_SHOWN_MAX) NAMES.set(name, text);
  }
  return text;
}

/** @param {string} text */
const quoted = (text) => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`);

class Writer {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
    /** @type {(string | number)[]} keys from the outside in */
    this.path = [];
    /** @type {object[]} the objects that enclose the one being read */
    this.enclosing = [];
    this.values = 0;
    this.characters = 0;
    /** @type {LoanIssue[] | undefined} */
    this.issues = undefined;
  }

  /**
   * @param {unknown} value
   * @param {string | number} [key] in the object whose path is at hand; none for the outermost
   * @returns {string}
   */
  value(value, key) {
    switch (typeof value) {
      case "string":
        return this.hasRoomFor(value, key) ? quoted(value) : "null";
      case "number":
        return Number.isFinite(value) ? `${value}` : NOT_DATA;
      case "boolean":
        return value ? "true" : "false";
      case "undefined":
        return "null";
      case "object":
        return value === null ? "null" : this.object(value, key);
      default:
        return NOT_DATA;
    }
  }

  /**
   * @param {object} source
   * @param {string | number} [key]
   * @returns {string}
   */
  object(source, key) {
    if (this.enclosing.length > 0 && this.enclosing.includes(source)) return this.report(circular, key);
    if (this.enclosing.length >= DEPTH_MAX) return this.report(tooDeep, key);
    const depth = this.path.length;
    if (key !== undefined) this.path.push(key);
    this.enclosing.push(source);
    let text;
    try {
      if (Array.isArray(source)) text = this.list(source);
      else if (isRecord(source)) text = this.record(/** @type {Record<string, unknown>} */ (source));
      else text = NOT_DATA;
      if (key !== undefined) this.path.pop();
    } catch {
      // A proxy has been revoked, or its code threw while it was asked what it is.
      this.path.length = depth;
      text = this.report(unreadable, key);
    }
    this.enclosing.pop();
    return text;
  }

  /** @param {unknown[]} source */
  list(source) {
    const length = Number(source.length);
    if (!(length <= ENTRIES_MAX)) return this.report(tooManyEntries);
    let text = "[";
    for (let index = 0; index < length && this.hasRoom(); index += 1) {
      const value = this.entry(source, index);
      text += index === 0 ? value : `,${value}`;
    }
    return `${text}]`;
  }

  /** @param {Record<string, unknown>} source */
  record(source) {
    const names = Object.keys(source);
    if (names.length > ENTRIES_MAX) return this.report(tooManyEntries);
    let text = "{";
    for (let index = 0; index < names.length && this.hasRoom(); index += 1) {
      const name = names[index];
      if (this.hasRoomFor(name, name)) {
        const value = this.entry(source, name);
        text += index === 0 ? nameText(name) + value : `,${nameText(name)}${value}`;
      }
    }
    return `${text}}`;
  }

  /**
   * @param {any} source
   * @param {string | number} key
   */
  entry(source, key) {
    let value;
    try {
      value = source[key];
    } catch {
      return this.report(unreadable, key);
    }
    return this.value(value, key);
  }

  hasRoom() {
    this.values += 1;
    if (this.values <= VALUES_MAX && this.characters <= TEXTS_MAX) return true;
    if (this.values !== Infinity) this.report(tooMuch);
    this.values = Infinity;
    return false;
  }

  /**
   * @param {string} text
   * @param {string | number} [key]
   */
  hasRoomFor(text, key) {
    if (text.length > TEXT_MAX) {
      this.report(textTooLong, key);
      return false;
    }
    this.characters += text.length;
    return true;
  }

  /**
   * @param {(field: string) => LoanIssue} problem
   * @param {string | number} [key] none where it is about the whole object at hand
   */
  report(problem, key) {
    this.issues ??= [];
    const path = key === undefined ? this.path : [...this.path, key];
    if (this.issues.length < ISSUES_MAX) this.issues.push(problem(fieldPath(this.name, path)));
    return "null";
  }
}

/**
 * Objects that hold named data: literals, class instances, reactive proxies, objects of another realm or without a
 * prototype; not Date, Map, typed arrays or boxed values, whose data is elsewhere.
 *
 * @param {object} source
 */
function isRecord(source) {
  const prototype = Object.getPrototypeOf(source);
  return prototype === Object.prototype || prototype === null || Object.prototype.toString.call(source) === "[object Object]";
}

/**
 * "fees[1].charge.amount"
 *
 * @param {string} name
 * @param {(string | number)[]} path
 */
function fieldPath(name, path) {
  let field = name;
  for (const key of path) {
    if (typeof key === "number") field += `[${key}]`;
    else field += (field === "" ? "" : ".") + (key.length > NAME_SHOWN_MAX ? `${key.slice(0, NAME_SHOWN_MAX)}…` : key);
  }
  return field;
}

/** @param {string} field */
const unreadable = (field) => issue("unreadable", field,
  "This value cannot be read: code behind it threw an error. Pass plain data.",
  "无法读取该值：其背后的代码抛出了错误。请传入普通数据。");
/** @param {string} field */
const circular = (field) => issue("unreadable", field,
  "This value contains itself. Pass plain data without circles.",
  "该值包含自身。请传入没有循环引用的普通数据。");
/** @param {string} field */
const tooDeep = (field) => issue("too_deep", field,
  `Values may be nested at most ${DEPTH_MAX} levels deep.`,
  `数据嵌套不得超过 ${DEPTH_MAX} 层。`, String(DEPTH_MAX));
/** @param {string} field */
const tooManyEntries = (field) => issue("too_large", field,
  `A list or object may have at most ${ENTRIES_MAX - 1} entries.`,
  `列表或对象不得超过 ${ENTRIES_MAX - 1} 项。`, String(ENTRIES_MAX - 1));
/** @param {string} field */
const tooMuch = (field) => issue("too_large", field,
  `The input may hold at most ${VALUES_MAX} values and ${TEXTS_MAX} characters.`,
  `输入的数据不得超过 ${VALUES_MAX} 个值和 ${TEXTS_MAX} 个字符。`, String(VALUES_MAX));
/** @param {string} field */
const textTooLong = (field) => issue("too_large", field,
  `A text or a name may have at most ${TEXT_MAX} characters.`,
  `文本或名称不得超过 ${TEXT_MAX} 个字符。`, String(TEXT_MAX));
