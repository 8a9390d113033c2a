/**
 * What the parts of the page share: the form's text, the language, and the last valid quote with its terms.
 *
 * A part subscribes and draws what it is given; it never reaches into another part. `notify` is the page's own, called at
 * most once a frame.
 */

/**
 * A snapshot: `form` (text of the form by name), `locale`, `engine` ("loading", "ready" or "failed"), `terms` and `quote` of the
 * last valid quote (undefined before it), `isOutdated` (true while the form has an error, so that `quote` is older than the
 * form), `isSliding` (true while a slider is being dragged: costly parts may wait) and `today`, the device's civil day.
 *
 * @typedef {{ form: Record<string, string>, locale: "zh-CN" | "en", engine: string, terms?: object, quote?: object,
 *   isOutdated: boolean, isSliding: boolean, today: string }} Snapshot
 */

/** The device's own civil day: the page has a clock, the engine has none. */
export function civilToday(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * @param {Snapshot} first
 * @returns a store: `get()`, `subscribe(listener)`, `notify(changes)`, and `api`, the package's functions once it is loaded
 */
export function createStore(first) {
  let snapshot = Object.freeze({ ...first });
  const listeners = new Set();
  return {
    /** The package's exports; undefined until `engine` is "ready". */
    api: undefined,
    /** Puts text into the page's form, by name, as if it had been typed; filled in by the page. */
    change(_form) {},
    get: () => snapshot,
    /** Calls the listener now and after each change; gives the function that ends it. */
    subscribe(listener) {
      listeners.add(listener);
      listener(snapshot);
      return () => listeners.delete(listener);
    },
    notify(changes) {
      snapshot = Object.freeze({ ...snapshot, ...changes });
      for (const listener of [...listeners]) run(listener, snapshot);
    },
  };
}

/** A fault in one part leaves a trace and does not stop the others. */
function run(listener, snapshot) {
  try {
    listener(snapshot);
  } catch (fault) {
    console.error(fault);
  }
}
