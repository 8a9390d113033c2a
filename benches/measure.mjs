// Timing that a busy machine bends little: every candidate runs in every round, the order turns from round to round, and
// what is compared are two candidates of one round. A single number is the median of all rounds. What is measured is the
// processor's time, of all threads, so that the garbage collector's work counts and other programs' work does not.

import { performance } from "node:perf_hooks";

export const ROUNDS = 9;
/** Of one candidate in one round; long enough for a clock of microseconds and for the garbage of its own calls. */
const BATCH_MS = 60;
const WARM_UP_MS = 250;

/** Whatever was made last; read at the end, so that no call can be dropped as useless. */
export let sink;

/**
 * A candidate is { name, run } for a function of this process, or { name, perSecond } for one that measures itself:
 * perSecond(milliseconds) runs elsewhere for that long and tells how many calls a second it made.
 *
 * Returns name → { perSecond: median, rounds: [per second, …] }.
 */
export function measure(candidates) {
  for (const candidate of candidates) if (candidate.run) warmUp(candidate);
  const rounds = new Map(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let place = 0; place < candidates.length; place += 1) {
      const candidate = candidates[(place + round) % candidates.length];
      rounds.get(candidate.name).push(candidate.run ? batch(candidate) : candidate.perSecond(BATCH_MS));
    }
  }
  return new Map([...rounds].map(([name, values]) => [name, { perSecond: median(values), rounds: values }]));
}

/** The same for candidates whose `run` may give a promise, which is awaited: one call after the other. */
export async function measureAwaiting(candidates) {
  const speed = async ({ run }, milliseconds) => {
    const end = performance.now() + milliseconds;
    const start = process.cpuUsage();
    let calls = 0;
    // What gives no promise is not awaited: that would be time of ours.
    for (; performance.now() < end; calls += 50) {
      for (let call = 0; call < 50; call += 1) {
        const made = run();
        sink = made instanceof Promise ? await made : made;
      }
    }
    const { user, system } = process.cpuUsage(start);
    return (calls / (user + system)) * 1e6;
  };
  for (const candidate of candidates) await speed(candidate, WARM_UP_MS);
  const rounds = new Map(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let place = 0; place < candidates.length; place += 1) {
      const candidate = candidates[(place + round) % candidates.length];
      rounds.get(candidate.name).push(await speed(candidate, BATCH_MS));
    }
  }
  return new Map([...rounds].map(([name, values]) => [name, { perSecond: median(values), rounds: values }]));
}

/** How many times as often `name` runs as `other`: the median over the rounds of the ratio within one round. */
export function ratio(results, name, other) {
  const [left, right] = [results.get(name), results.get(other)];
  return left && right ? median(left.rounds.map((value, round) => value / right.rounds[round])) : undefined;
}

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function warmUp(candidate) {
  candidate.calls = 1;
  const end = performance.now() + WARM_UP_MS;
  let elapsed = 0;
  do {
    elapsed = timed(candidate);
    candidate.calls = Math.max(1, Math.ceil((candidate.calls * BATCH_MS) / Math.max(elapsed, BATCH_MS / 10)));
  } while (performance.now() < end);
}

function batch(candidate) {
  const elapsed = timed(candidate);
  return (candidate.calls / elapsed) * 1000;
}

function timed({ run, calls }) {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) sink = run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
