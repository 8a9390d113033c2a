// Where scripts/setup.sh hosts has put the bundlers and the mini-program tools.

import { run } from "../../scripts/tools.mjs";

export const toolsFolder = () => process.env.CLEARLOAN_HOST_TOOLS ?? run("scripts/host-tools.sh", []).trim();
