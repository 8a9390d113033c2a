// Calls of which nothing is special: their arguments cross as one list in JSON, and what they give as JSON.

import { hand } from "./input.js";
import { plainJson } from "./plain-json.js";

/** @typedef {Pick<ReturnType<typeof import("./loader.js").createLoader>, "run">} Running */

/** @param {Running} running */
export function plainCalls({ run }) {
  /**
   * `names` says for each argument how the fields in it are named in errors; those of terms have no prefix.
   *
   * @param {string} name
   * @param {string[]} names
   * @returns {(...given: unknown[]) => any}
   */
  return (name, ...names) => (...given) => {
    const texts = names.map((prefix, index) => plainJson(given[index], prefix));
    return JSON.parse(run((glue, memory) => glue.call(hand(glue, memory, `${name}\n[${texts.join()}]`))));
  };
}
