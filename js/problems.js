// What can go wrong before and around a call, each with a stable code and what to do about it.

import { oneProblem } from "./error.js";

export const notInitialised = () => oneProblem("not_initialised",
  "The engine is not loaded yet: call `await init()` once before the first quote.",
  "引擎尚未加载：请在第一次试算前调用一次 `await init()`。");

/** @param {unknown} error */
export const internal = (error) => oneProblem("internal",
  `The engine stopped on this input and has been replaced (${wordsOf(error)}). Please report the terms; other calls work.`,
  `引擎处理该输入时中断，现已重新启动（${wordsOf(error)}）。请反馈所用的合同要素；其他调用不受影响。`);

/**
 * An engine says its version, and behind a plus its build where that is the small one.
 *
 * @param {string} wanted
 * @param {string} found
 */
export function wrongEngine(wanted, found) {
  const [version, build] = wanted.split("+");
  const [foundVersion, foundBuild] = found.split("+");
  if (version !== foundVersion) {
    return oneProblem("version_mismatch",
      `The engine is of version ${foundVersion}, this package of ${version}: take both from one release.`,
      `引擎的版本为 ${foundVersion}，本包的版本为 ${version}：两者须取自同一版本。`);
  }
  const [file, given] = [build, foundBuild].map((name) => `${name ?? "clearloan"}.wasm`);
  return oneProblem("wrong_build", `This entry takes ${file}, and was given ${given}.`, `该入口需要 ${file}，而传入的是 ${given}。`);
}

/** @param {string} what */
export const wasmMissing = (what) => oneProblem("wasm_missing",
  `This host has no WebAssembly (${what}): use the JavaScript engine, clearloan/asm.`,
  `该宿主环境没有 WebAssembly（${what}）：请使用 JS 引擎 clearloan/asm。`);

/** @param {unknown} error */
export function cannotLoad(error) {
  const words = wordsOf(error);
  if (/content security policy|unsafe-eval|blocked by csp|disallowed by embedder/i.test(words)) {
    return oneProblem("wasm_blocked",
      `This page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to script-src, or use the JavaScript engine, clearloan/asm (${words}).`,
      `本页面的 Content-Security-Policy 禁止 WebAssembly：请在 script-src 中加入 'wasm-unsafe-eval'，或使用 JS 引擎 clearloan/asm（${words}）。`);
  }
  return oneProblem("load_failed",
    `The engine could not be loaded (${words}). Calling init() again is safe.`,
    `引擎加载失败（${words}）。可再次调用 init()。`);
}

/** @param {unknown} error */
export function wordsOf(error) {
  try {
    return String(/** @type {any} */ (error)?.message ?? error).slice(0, 300);
  } catch {
    return "unknown";
  }
}
