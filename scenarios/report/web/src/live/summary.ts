// What many futures say: the statistics of spread_statistics.go and spread_judge.go.

export interface Range {
  low: number; // 10th percentile
  median: number;
  high: number; // 90th
}

export interface Verdict extends Range {
  better: number; // share of futures
  worse: number;
}

// quantile of sorted, finite values on a straight line between neighbours (Hyndman and
// Fan 1996, definition 7).
export function quantile(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1);
  const i = Math.floor(at);
  if (i + 1 >= sorted.length) return sorted[sorted.length - 1]!;
  return sorted[i]! + (at - i) * (sorted[i + 1]! - sorted[i]!);
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
