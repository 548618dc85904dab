// Statistics over many futures, as Go computes them for the page itself.

export interface Range {
  low: number; // 10th percentile
  median: number;
  high: number; // 90th
}

export interface Verdict extends Range {
  better: number; // share of futures
  worse: number;
}

// quantile returns the number below which a share q of the sorted, finite values lies: the
// rule and the bits of numeric.Quantile in Go. test/quantile.json, which Go writes, holds both
// to the same table.
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0 || !(q >= 0 && q <= 1)) return NaN;
  const rank = q * (sorted.length - 1);
  const k = Math.floor(rank);
  if (k + 1 >= sorted.length) return sorted[sorted.length - 1]!;
  const [low, high] = [sorted[k]!, sorted[k + 1]!];
  const share = rank - k;
  const distance = high - low;
  if (Number.isFinite(distance)) return Math.min(high, low + share * distance);
  return (1 - share) * low + share * high; // the distance overflows, the parts do not
}

// rangeOf sorts values.
export function rangeOf(values: Float64Array): Range {
  values.sort();
  return { low: quantile(values, 0.1), median: quantile(values, 0.5), high: quantile(values, 0.9) };
}

// verdictOf compares an outcome, future by future, with no new decisions.
export function verdictOf(base: Float64Array, value: Float64Array, higher: boolean, noise: number): Verdict {
  const d = value.map((v, i) => v - base[i]!);
  let better = 0;
  let worse = 0;
  for (const x of d) {
    if (!(Math.abs(x) > noise)) continue;
    if (x > 0 === higher) better++;
    else worse++;
  }
  return { ...rangeOf(d), better: better / d.length, worse: worse / d.length };
}
