// A classic script from an address, in a page or in a worker: where an address must be, since there is no bundler.

/**
 * @param {string} address
 * @returns {Promise<void>}
 */
export function loadScript(address) {
  if (typeof document === "undefined") {
    return Promise.resolve().then(() => /** @type {any} */ (self).importScripts(address));
  }
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${address} cannot be loaded`));
    document.head.appendChild(script);
  });
}
