// Holds one copy of the package against the golden vectors. This text runs as it is in Node, in bare realms and in
// Chromium, so that it is written for the poorest of them.

/* exported golden */
var golden = (function () {
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    return "{" + Object.keys(value).sort().map(function (key) { return JSON.stringify(key) + ":" + canonical(value[key]); }).join(",") + "}";
  }

  /** Typed arrays as the lists that JSON has. */
  function plain(value) {
    if (value && value.payment && value.payment.BYTES_PER_ELEMENT) {
      return { currency: value.currency, size: value.size, payment: Array.from(value.payment), financeCharge: Array.from(value.financeCharge), simpleAnnual: Array.from(value.simpleAnnual) };
    }
    return value;
  }

  function answer(clearloan, call, given) {
    if (call === "version") return { ok: clearloan.version };
    var target = call.split(".").reduce(function (from, name) { return from[name]; }, clearloan);
    try {
      return { ok: plain(target.apply(undefined, given)) };
    } catch (error) {
      if (!(error instanceof clearloan.LoanError)) throw error;
      return { error: { issues: error.issues } };
    }
  }

  /** How many vectors were answered, and the first answers that are not the native engine's, byte for byte. */
  function compare(clearloan, lines) {
    var wrong = [];
    lines.forEach(function (line) {
      var vector = JSON.parse(line);
      var here = canonical(answer(clearloan, vector.call, vector.arguments));
      var there = canonical(vector.answer);
      if (here !== there && wrong.length < 3) wrong.push(vector.call + " " + JSON.stringify(vector.arguments).slice(0, 400) + "\nhere  " + here.slice(0, 600) + "\nthere " + there.slice(0, 600));
    });
    return { compared: lines.length, wrong: wrong };
  }

  return { compare: compare };
})();
if (typeof module === "object") module.exports = golden;
