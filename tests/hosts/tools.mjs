// Where scripts/setup.sh hosts has put the bundlers and the mini-program tools.

import { run } from "../../scripts/tools.mjs";

/** @param {"tools" | "tools-wechat"} name */
export const toolsFolder = (name) => run("scripts/host-tools.sh", [name]).trim();
