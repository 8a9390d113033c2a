// The main entry by its names, for what is built beside it; its source is main.js.
export * from "./clearloan.js";
