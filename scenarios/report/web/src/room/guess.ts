// A guess: the room's line on the chart, drawn by hand or from a direction and an amount.

// A Guess has a value for each time of the chart, from a row on; null where nothing is drawn.
export class Guess {
  values: (number | null)[];

  constructor(private readonly rows: number) {
    this.values = Array<number | null>(rows).fill(null);
  }

  get empty(): boolean {
    return this.values.every((v) => v === null);
  }

  clear(): void {
    this.values = Array<number | null>(this.rows).fill(null);
  }

  // put draws at a row, and between the last row drawn and this one.
  put(row: number, value: number, last: number | null): void {
    if (row < 0 || row >= this.rows) return;
    const from = last === null ? row : last;
    const begin = this.values[from] ?? value;
    const step = Math.sign(row - from);
    for (let i = from; i !== row; i += step) this.values[i] = begin + ((value - begin) * (i - from)) / (row - from);
    this.values[row] = value;
  }

  // ramp draws a line that leaves zero slowly and ends at an amount.
  ramp(amount: number): void {
    const last = Math.max(1, this.rows - 1);
    this.values = this.values.map((_, i) => amount * (i / last) ** 1.4);
  }

  // end is the value at the end; null without one.
  get end(): number | null {
    return this.values[this.rows - 1] ?? this.values.findLast((v) => v !== null) ?? null;
  }
}
