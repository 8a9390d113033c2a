// `make start`: the demo quote in the terminal, then the page.

import { demoText } from "./demo.mjs";
import { serve } from "./serve.mjs";
import { fail } from "./tools.mjs";

console.log(await demoText());

const port = Number(process.env.PORT);
if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT is "${process.env.PORT}", which is no port.`, "Choose a number: make start PORT=8081");
try {
  const { address } = await serve(port);
  console.log(`The page is at ${address}  (stop with Ctrl-C)`);
} catch (error) {
  if (error.code === "EADDRINUSE") fail(`Port ${port} is taken by another program.`, `Choose another: make start PORT=${port + 1}`);
  if (error.code === "EACCES") fail(`Port ${port} is not open to this user.`, "Choose one above 1023: make start PORT=8081");
  fail(`The page cannot be served on port ${port}: ${error.message}.`, "Choose another: make start PORT=8081");
}
