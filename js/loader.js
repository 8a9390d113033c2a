// Brings the engine to life, once, and again where a call has broken it. What runs it (WebAssembly, or the same code as
// JavaScript) and where that comes from is the entry's business, so that each host's entry stays a few lines.

import { LoanError, oneProblem } from "./error.js";
import { withViewsRenewed } from "./views.js";
import { cannotLoad, internal, notInitialised, wordsOf, wrongEngine } from "./problems.js";

/**
 * The glue of wasm-bindgen, with the state of one running engine; a broken engine is thrown away together with its glue.
 *
 * @typedef {object} Glue
 * @property {(room: number) => number} input where the text of the next call is to be written; the others take its length in bytes
 * @property {(length: number, withInstalments: boolean) => string} quote
 * @property {(length: number) => string} sweep of terms and grid, each on a line
 * @property {() => number} columns where those of the last quote or sweep begin
 * @property {(length: number, count: number, areDated: boolean) => string} rate_of_lines of flows as usual; empty for all others
 * @property {(length: number) => string} call any other call: its name on a line, and a list of arguments; JSON out
 * @property {() => string} version
 * @property {(exports: Exports) => void} __wbg_set_wasm
 * @property {() => void} [__wbindgen_start]
 */

/** @typedef {Record<string, any>} Exports functions, and `memory` with its `buffer` */
/** @typedef {Record<string, Record<string, unknown>>} Imports */
/** @typedef {(imports: Imports) => Exports} Start a fresh engine, on the spot */
/** @typedef {{ exports: Exports, restart?: Start }} Started `restart` where a fresh engine can be had without waiting */
/** @typedef {{ engine?: "wasm" | "js", wasm?: unknown, asm?: unknown }} Wanted what `init` was asked for */

/** What the wasm file calls the module that it imports from. */
const IMPORTS = "./clearloan_bg.js";

/**
 * @param {object} parts
 * @param {() => Glue} parts.createGlue
 * @param {string} parts.identity what the right engine says of itself
 * @param {(wasm: unknown, imports: Imports) => Promise<Started>} [parts.startWasm]
 * @param {(wasm: unknown) => Promise<boolean>} [parts.mayFallBack] whether the JavaScript engine is the answer to a failure
 * @param {(asm: unknown) => Promise<Start>} [parts.loadAsm] the JavaScript engine, from elsewhere
 * @param {Start} [parts.asm] the JavaScript engine, here already
 */
export function createLoader({ createGlue, identity, startWasm, mayFallBack = async () => true, loadAsm, asm }) {
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {Start | undefined} kept, so that a broken engine is replaced without loading again */
  let restart = asm && startingJs(asm);
  /** @type {Glue | undefined} */
  let glue;
  /** @type {{ buffer: ArrayBuffer }} that of the running engine */
  let memory;
  /** @type {"wasm" | "js" | undefined} */
  let kind = asm && "js";

  /** @param {unknown} [given] */
  function init(given) {
    if (loading === undefined) {
      loading = load(given).catch((error) => {
        loading = undefined;
        throw error;
      });
    }
    return loading;
  }

  /** @param {unknown} given */
  async function load(given) {
    // The JavaScript engine that is here already needs nothing; a broken one starts again with the next call.
    if (restart !== undefined) return void running();
    try {
      const wanted = wantedOf(await given);
      if (startWasm === undefined || wanted.engine === "js") await loadJs(wanted);
      else await loadWasm(wanted);
    } catch (error) {
      throw error instanceof LoanError ? error : cannotLoad(error);
    }
  }

  /** @param {Wanted} wanted */
  async function loadWasm(wanted) {
    const fresh = createGlue();
    try {
      const started = await /** @type {NonNullable<typeof startWasm>} */ (startWasm)(wanted.wasm, importsFor(fresh));
      adopt(fresh, started.exports);
      restart = started.restart;
      kind = "wasm";
    } catch (error) {
      if (loadAsm === undefined || wanted.engine === "wasm" || !(await mayFallBack(wanted.wasm))) throw error;
      try {
        await loadJs(wanted);
      } catch (second) {
        const first = error instanceof LoanError ? error : cannotLoad(error);
        if (first.issues[0].code !== "load_failed") throw first;
        throw cannotLoad(new Error(`${wordsOf(error)}; ${wordsOf(second)}`));
      }
    }
  }

  /** @param {Wanted} wanted */
  async function loadJs(wanted) {
    if (loadAsm === undefined) throw oneProblem("engine_not_here", "This entry has no JavaScript engine: import clearloan/asm.", "该入口不含 JS 引擎：请引入 clearloan/asm。");
    const start = startingJs(await loadAsm(wanted.asm));
    const fresh = createGlue();
    adopt(fresh, start(importsFor(fresh)));
    restart = start;
    kind = "js";
  }

  /**
   * @param {Glue} fresh
   * @param {Exports} exports
   */
  function adopt(fresh, exports) {
    if (typeof exports.version !== "function") throw new TypeError("these bytes are not clearloan's");
    fresh.__wbg_set_wasm(exports);
    if (fresh.__wbindgen_start) fresh.__wbindgen_start();
    const found = fresh.version();
    if (found !== identity) throw wrongEngine(identity, found);
    glue = fresh;
    memory = exports.memory;
  }

  /** The running engine; a broken one is replaced on the spot. */
  function running() {
    if (glue !== undefined) return glue;
    if (restart !== undefined) {
      try {
        const fresh = createGlue();
        adopt(fresh, restart(importsFor(fresh)));
      } catch {
        // Some browsers allow no synchronous start of a large module: `init` can do it.
        restart = asm && startingJs(asm);
      }
    }
    if (glue === undefined) {
      loading = undefined;
      kind = asm && "js";
      throw notInitialised();
    }
    return glue;
  }

  /**
   * Runs one call into the engine. What it throws on purpose is a text, the list of issues as JSON; anything else means
   * that it stopped half way (a trap, an exhausted stack), so that nothing in it can be relied on any more.
   *
   * @template T
   * @param {(glue: Glue, memory: { buffer: ArrayBuffer }) => T} call
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

  return { init, run, engine: () => (glue !== undefined || restart !== undefined ? kind : undefined) };
}

/**
 * @param {Start} start
 * @returns {Start}
 */
const startingJs = (start) => (imports) => withViewsRenewed(start(imports));

/**
 * Functions only, as the strictest host takes them.
 *
 * @param {Glue} glue
 * @returns {Imports}
 */
function importsFor(glue) {
  /** @type {Record<string, unknown>} */
  const functions = {};
  for (const [name, member] of Object.entries(glue)) if (name.startsWith("__wb")) functions[name] = member;
  return { [IMPORTS]: functions };
}

const OPTIONS = ["engine", "wasm", "asm"];

/**
 * `init` takes the wasm itself, or options with nothing else in them.
 *
 * @param {any} given
 * @returns {Wanted}
 */
function wantedOf(given) {
  if (given === undefined || given === null) return {};
  const names = typeof given === "object" ? Object.keys(given) : [];
  if (names.length === 0 || !names.every((name) => OPTIONS.includes(name))) return { wasm: given };
  if (given.engine !== undefined && given.engine !== "wasm" && given.engine !== "js") {
    throw oneProblem("unknown_engine", 'The engine is "wasm" or "js".', "引擎应为 \"wasm\" 或 \"js\"。");
  }
  return given;
}
