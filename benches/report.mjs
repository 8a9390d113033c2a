// Tables and verdicts on the terminal.

export const heading = (text) => console.log(`\n\x1b[1m${text}\x1b[0m`);

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
export const perSecond = (value) => whole.format(value);
export const microseconds = (value) => (1e6 / value).toFixed(value > 1e5 ? 2 : 1);
export const times = (value) => (value === undefined ? "" : `${value.toFixed(value < 10 ? 2 : 1)} ×`);
export const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;

/** Columns of texts; the first is flush left, the others right unless said otherwise. */
export function table(head, lines, flush = ["left"]) {
  const widths = head.map((title, column) => Math.max(...[title, ...lines.map((line) => line[column] ?? "")].map(widthOf)));
  const show = (line) => line.map((text, column) => padded(text ?? "", widths[column], flush[column] === "left")).join("   ");
  console.log(`\x1b[2m${show(head)}\x1b[0m`);
  for (const line of lines) console.log(show(line));
}

function padded(text, width, isLeft) {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return isLeft ? text + blanks : blanks + text;
}

/** Chinese characters take two places. */
const widthOf = (text) => [...text].reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);

/** Prints each target; whether one is missed is a figure, not a failure. */
export function targets(list) {
  for (const { what, goal, reached, unit = times } of list) {
    const mark = reached === undefined ? "\x1b[2m·  not measured\x1b[0m"
      : isReached(goal, reached) ? "\x1b[32m✓  reached\x1b[0m" : "\x1b[31m✗  not reached\x1b[0m";
    const bound = goal.atLeast === undefined ? `at most ${unit(goal.atMost)}` : `at least ${unit(goal.atLeast)}`;
    console.log(`${mark}  ${what}: ${bound}${reached === undefined ? "" : `, measured ${unit(reached)}`}`);
  }
}

const isReached = ({ atLeast = -Infinity, atMost = Infinity }, value) => atLeast <= value && value <= atMost;
