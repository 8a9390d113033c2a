// Brings the engine to life, once, and again where a call has broken it. What the bytes are and where they come from is
// the entry's business, so that each host's entry stays a few lines.

import { LoanError, oneProblem } from "./error.js";

/**
 * The glue of wasm-bindgen, with the state of one running engine; a broken engine is thrown away together with its glue.
 *
 * @typedef {object} Glue
 * @property {(terms: string, withInstalments: boolean) => string} quote
 * @property {(terms: string, grid: string) => string} sweep
 * @property {() => number} columns where those of the last quote or sweep begin
 * @property {(name: string, args: string) => string} call any other call: a list of arguments in, JSON out
 * @property {() => string} version
 * @property {(exports: WebAssembly.Exports) => void} __wbg_set_wasm
 * @property {() => void} [__wbindgen_start]
 */

/** @typedef {BufferSource | WebAssembly.Module} Source */

/** What the wasm file calls the module that it imports from. */
const IMPORTS = "./clearloan_bg.js";

/**
 * @param {object} parts
 * @param {() => Glue} parts.createGlue
 * @param {() => Source} parts.defaultSource used where `init` is called without one
 * @param {string} parts.version of this package
 */
export function createLoader({ createGlue, defaultSource, version }) {
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {WebAssembly.Module | undefined} kept, so that a broken engine is replaced without compiling again */
  let module;
  /** @type {Glue | undefined} */
  let glue;
  /** @type {WebAssembly.Memory} that of the running engine */
  let memory;

  /** @param {unknown} [source] */
  function init(source) {
    if (loading === undefined) {
      loading = load(source).catch((error) => {
        loading = undefined;
        throw error;
      });
    }
    return loading;
  }

  /** @param {unknown} source */
  async function load(source) {
    try {
      const given = module ?? (await sourceOf(source)) ?? defaultSource();
      const fresh = createGlue();
      /** @type {WebAssembly.Instance} */
      let instance;
      if (given instanceof WebAssembly.Module) {
        instance = await WebAssembly.instantiate(given, importsFor(fresh));
        module = given;
      } else {
        ({ instance, module } = await WebAssembly.instantiate(given, importsFor(fresh)));
      }
      start(fresh, instance);
    } catch (error) {
      module = undefined;
      throw error instanceof LoanError ? error : loadFailed(error);
    }
  }

  /**
   * @param {Glue} fresh
   * @param {WebAssembly.Instance} instance
   */
  function start(fresh, instance) {
    if (typeof instance.exports.version !== "function") throw new TypeError("these bytes are not clearloan's");
    fresh.__wbg_set_wasm(instance.exports);
    if (fresh.__wbindgen_start) fresh.__wbindgen_start();
    const found = fresh.version();
    if (found !== version) throw versionMismatch(version, found);
    glue = fresh;
    memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  }

  /** The running engine; a broken one is replaced on the spot. */
  function running() {
    if (glue !== undefined) return glue;
    if (module !== undefined) {
      try {
        const fresh = createGlue();
        start(fresh, new WebAssembly.Instance(module, importsFor(fresh)));
      } catch {
        // Some browsers allow no synchronous start of a large module: `init` can do it.
        loading = undefined;
      }
    }
    if (glue === undefined) throw notInitialised();
    return glue;
  }

  /**
   * Runs one call into the engine. What it throws on purpose is a text, the list of issues as JSON; anything else means
   * that it stopped half way (a trap, an exhausted stack), so that nothing in it can be relied on any more.
   *
   * @template T
   * @param {(glue: Glue, memory: WebAssembly.Memory) => T} call
   * @returns {T}
   */
  function run(call) {
    const engine = running();
    try {
      return call(engine, memory);
    } catch (error) {
      if (typeof error === "string") throw new LoanError(JSON.parse(error));
      glue = undefined;
      throw internal(error);
    }
  }

  return { init, run, isReady: () => glue !== undefined || module !== undefined };
}

/** @param {Glue} glue */
const importsFor = (glue) => ({ [IMPORTS]: /** @type {WebAssembly.ModuleImports} */ (/** @type {unknown} */ (glue)) });

/**
 * @param {unknown} source bytes, a compiled module, a response with bytes, or a promise of one of these
 * @returns {Promise<Source | undefined>}
 */
async function sourceOf(source) {
  const given = /** @type {any} */ (await source);
  if (given === undefined || given === null) return undefined;
  if (typeof given.arrayBuffer === "function") return given.arrayBuffer();
  if (given instanceof WebAssembly.Module || ArrayBuffer.isView(given) || given instanceof ArrayBuffer
    || Object.prototype.toString.call(given) === "[object ArrayBuffer]") return given;
  throw new TypeError("init takes the bytes of clearloan.wasm, a WebAssembly.Module or a Response, or nothing at all");
}

const notInitialised = () => oneProblem("not_initialised",
  "The engine is not loaded yet: call `await init()` once before the first quote.",
  "引擎尚未加载：请在第一次试算前调用一次 `await init()`。");

/** @param {unknown} error */
const internal = (error) => oneProblem("internal",
  `The engine stopped on this input and has been replaced (${wordsOf(error)}). Please report the terms; other calls work.`,
  `引擎处理该输入时中断，现已重新启动（${wordsOf(error)}）。请反馈所用的合同要素；其他调用不受影响。`);

/**
 * @param {string} expected
 * @param {string} found
 */
const versionMismatch = (expected, found) => oneProblem("load_failed",
  `clearloan.wasm is of version ${found}, this package of ${expected}: take both from one release.`,
  `clearloan.wasm 的版本为 ${found}，本包的版本为 ${expected}：两者须取自同一版本。`);

/** @param {unknown} error */
function loadFailed(error) {
  const words = wordsOf(error);
  if (/content security policy|unsafe-eval|blocked by csp|disallowed by embedder/i.test(words)) {
    return oneProblem("wasm_blocked",
      `This page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to script-src (${words}).`,
      `本页面的 Content-Security-Policy 禁止 WebAssembly：请在 script-src 中加入 'wasm-unsafe-eval'（${words}）。`);
  }
  return oneProblem("load_failed",
    `The engine could not be loaded (${words}). Calling init() again is safe.`,
    `引擎加载失败（${words}）。可再次调用 init()。`);
}

/** @param {unknown} error */
function wordsOf(error) {
  try {
    return String(/** @type {any} */ (error)?.message ?? error).slice(0, 300);
  } catch {
    return "unknown";
  }
}
