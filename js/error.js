// LoanError: every problem found, each with a code, a path, and a sentence in both languages.

/** @typedef {import("./clearloan.js").LoanIssue} LoanIssue */

export class LoanError extends Error {
  /** @param {LoanIssue[]} issues */
  constructor(issues) {
    super(issues.map(sentence).join("\n"));
    this.issues = issues;
  }
}
// On the prototype, as with the language's own errors: the name is not one of the error's own data.
Object.defineProperty(LoanError.prototype, "name", { value: "LoanError", configurable: true, writable: true });

/**
 * The engine's words follow a field's name ("must be an object"), so that the whole input needs a name too.
 *
 * @param {LoanIssue} issue
 */
function sentence({ field, message }) {
  const subject = field === "" && /^[a-z]/.test(message.en) ? "input" : field;
  return `${subject === "" ? "" : `${subject}: `}${message.en} ${message["zh-CN"]}`;
}

/**
 * @param {string} code
 * @param {string} field
 * @param {string} en
 * @param {string} zhCN
 * @param {string} [limit]
 * @returns {LoanIssue}
 */
export function issue(code, field, en, zhCN, limit) {
  const message = { en, "zh-CN": zhCN };
  return limit === undefined ? { code, field, message } : { code, field, limit, message };
}

/**
 * @param {string} code
 * @param {string} en
 * @param {string} zhCN
 */
export function oneProblem(code, en, zhCN) {
  return new LoanError([issue(code, "", en, zhCN)]);
}
