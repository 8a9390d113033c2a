/**
 * Where the sliders stop. A slider moves over the index of a stop, so that small loans get fine steps and large ones
 * coarse steps on the same short track; exact entry is always next to it.
 */

/** Numbers from `from` up to and including `to`. */
function steps(from, to, by) {
  return Array.from({ length: Math.round((to - from) / by) + 1 }, (_, index) => from + index * by);
}

export const PRINCIPAL_STOPS = [
  ...steps(1_000, 9_500, 500),
  ...steps(10_000, 49_000, 1_000),
  ...steps(50_000, 195_000, 5_000),
  ...steps(200_000, 1_000_000, 20_000),
].map(String);

export const COUNT_STOPS = [...steps(1, 36, 1), 42, 48, 54, 60, 72, 84, 96, 108, 120, 180, 240, 300, 360].map(String);

/** The index of the stop nearest to a plain decimal, for showing a typed number on the slider. */
export function nearestStop(stops, text) {
  // A thumb's place is drawn, not computed with: here a float is precise enough.
  const wanted = Number(text);
  let nearest = 0;
  stops.forEach((stop, index) => {
    if (Math.abs(Number(stop) - wanted) < Math.abs(Number(stops[nearest]) - wanted)) nearest = index;
  });
  return nearest;
}
