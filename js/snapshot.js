// A plain copy of whatever the caller handed over, made before the engine sees it. Reading a value can run the
// caller's code (getters, proxies), and code that throws while wasm is on the stack leaves the engine half way through a
// call. So all reading happens here, within limits, and what the engine gets cannot surprise it.

import { LoanError, issue } from "./error.js";

/** Levels of nesting; terms need five. */
export const DEPTH_MAX = 32;
/** Entries of one list or fields of one object: one more than the longest list that any call takes (100,000 offers). */
export const ENTRIES_MAX = 100_001;
/** Values in all. */
export const VALUES_MAX = 1_000_000;
/** Characters of one text; the engine's own limit is lower, and this keeps it from copying megabytes to say so. */
export const TEXT_MAX = 100_000;
/** Problems reported; past these, the input is beyond repair. */
const ISSUES_MAX = 100;

/**
 * Stands for what no JSON could hold: a function, a symbol, a BigInt, a Date, a Map. The engine refuses it by the
 * field's own name, together with all other bad fields.
 */
const NOT_DATA = NaN;

/** @typedef {import("./clearloan.js").LoanIssue} LoanIssue */

/**
 * @param {unknown} value anything at all
 * @param {string} name where it stands, when a problem has to be named: "" for the terms, else "options"
 * @returns {unknown} null, booleans, numbers, texts, arrays and plain objects of these
 */
export function snapshot(value, name) {
  if (typeof value !== "object" || value === null) return leafCopy(value, name);
  const reader = new Reader(name);
  const copy = reader.copyObject(value);
  if (reader.issues !== undefined) throw new LoanError(reader.issues);
  return copy;
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function leafCopy(value, name) {
  if (typeof value === "string" && value.length > TEXT_MAX) throw new LoanError([textTooLong(name)]);
  return plainLeaf(value);
}

/** @param {unknown} value not an object */
function plainLeaf(value) {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === undefined || value === null ? null : NOT_DATA;
}

class Reader {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
    /** @type {(string | number)[]} keys from the outside in */
    this.path = [];
    /** @type {object[]} the objects that enclose the one being read */
    this.enclosing = [];
    this.values = 0;
    /** @type {LoanIssue[] | undefined} */
    this.issues = undefined;
  }

  /**
   * @param {object} source
   * @returns {unknown}
   */
  copyObject(source) {
    if (this.enclosing.includes(source)) return this.report(circular);
    if (this.enclosing.length >= DEPTH_MAX) return this.report(tooDeep);
    this.enclosing.push(source);
    let copy;
    try {
      if (Array.isArray(source)) copy = this.copyList(source);
      else if (isRecord(source)) copy = this.copyRecord(/** @type {Record<string, unknown>} */ (source));
      else copy = NOT_DATA;
    } catch {
      // The caller's own code threw, or a proxy has been revoked.
      copy = this.report(unreadable);
    }
    this.enclosing.pop();
    return copy;
  }

  /** @param {unknown[]} source */
  copyList(source) {
    const length = Number(source.length);
    if (!(length <= ENTRIES_MAX)) return this.report(tooManyEntries);
    const copy = [];
    for (let index = 0; index < length && this.hasRoom(); index += 1) copy.push(this.copyEntry(source, index));
    return copy;
  }

  /** @param {Record<string, unknown>} source */
  copyRecord(source) {
    const keys = Object.keys(source);
    if (keys.length > ENTRIES_MAX) return this.report(tooManyEntries);
    /** @type {Record<string, unknown>} */
    const copy = {};
    for (let index = 0; index < keys.length && this.hasRoom(); index += 1) {
      const key = keys[index];
      const value = this.copyEntry(source, key);
      if (key === "__proto__" || key.length > TEXT_MAX) this.keepOddKey(copy, key, value);
      else copy[key] = value;
    }
    return copy;
  }

  /**
   * @param {any} source
   * @param {string | number} key
   */
  copyEntry(source, key) {
    this.values += 1;
    let value;
    try {
      value = source[key];
    } catch {
      return this.reportAt(key, unreadable);
    }
    if (typeof value === "string") return value.length > TEXT_MAX ? this.reportAt(key, textTooLong) : value;
    if (typeof value !== "object" || value === null) return plainLeaf(value);
    this.path.push(key);
    const copy = this.copyObject(value);
    this.path.pop();
    return copy;
  }

  /**
   * A key that assignment would not store as it is, or that is too long to be passed on. The engine knows neither and
   * reports an unknown field.
   *
   * @param {Record<string, unknown>} copy
   * @param {string} key
   * @param {unknown} value
   */
  keepOddKey(copy, key, value) {
    const name = key.length > TEXT_MAX ? `${key.slice(0, 64)}…` : key;
    Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  }

  hasRoom() {
    if (this.values < VALUES_MAX) return true;
    if (this.values === VALUES_MAX) {
      this.values += 1;
      this.report(tooManyValues);
    }
    return false;
  }

  /**
   * @param {string | number} key
   * @param {(field: string) => LoanIssue} problem
   */
  reportAt(key, problem) {
    this.path.push(key);
    this.report(problem);
    this.path.pop();
    return null;
  }

  /** @param {(field: string) => LoanIssue} problem */
  report(problem) {
    this.issues ??= [];
    if (this.issues.length < ISSUES_MAX) this.issues.push(problem(fieldPath(this.name, this.path)));
    return null;
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
    else field += (field === "" ? "" : ".") + (key.length > 64 ? `${key.slice(0, 64)}…` : key);
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
const tooManyValues = (field) => issue("too_large", field,
  `The input may hold at most ${VALUES_MAX} values.`,
  `输入的数据不得超过 ${VALUES_MAX} 个值。`, String(VALUES_MAX));
/** @param {string} field */
const textTooLong = (field) => issue("too_large", field,
  `A text may have at most ${TEXT_MAX} characters.`,
  `文本不得超过 ${TEXT_MAX} 个字符。`, String(TEXT_MAX));
