// The outline of a band, for every picture that has one.

// outline goes along the high end of a band and back along the low one; at gives the place of
// a row's value. Values that are null are left out.
export function outline(b: { low: (number | null)[]; high: (number | null)[] }, at: (row: number, value: number) => number[]): number[][] {
  const along = (values: (number | null)[]) => values.flatMap((v, i) => (v === null ? [] : [at(i, v)]));
  return [...along(b.high), ...along(b.low).reverse()];
}
