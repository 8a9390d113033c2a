// Packs the npm package and installs the tarball into a fresh project, as a stranger would; tests/package runs there.
// Leaves build/consumer with the project and build/clearloan.tgz.

import fs from "node:fs";
import path from "node:path";
import { BUILD, PKG, run, say } from "./tools.mjs";

export const TARBALL = path.join(BUILD, "clearloan.tgz");
export const CONSUMER = path.join(BUILD, "consumer");

export function makeConsumer() {
  say("Packing the package and installing it into a fresh project (five seconds)");
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", BUILD], { cwd: PKG }));
  fs.renameSync(path.join(BUILD, filename), TARBALL);
  fs.rmSync(CONSUMER, { recursive: true, force: true });
  fs.mkdirSync(CONSUMER);
  fs.writeFileSync(path.join(CONSUMER, "package.json"), '{ "name": "consumer", "private": true }\n');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", TARBALL], { cwd: CONSUMER });
}

if (process.argv[1].endsWith("consumer.mjs")) makeConsumer();
