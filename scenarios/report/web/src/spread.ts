// Moves labels apart along the vertical between low and high, keeping their order
// and staying near the ends of their lines. The static pictures do the same in Go.

export interface Label {
  at: number; // where the line ends
  top: number; // where the words begin
  height: number;
}

export function spread(labels: Label[], low: number, high: number, line: number): void {
  const order = [...labels].sort((a, b) => a.at - b.at);
  let next = low;
  for (const l of order) {
    l.top = Math.max(l.at - line / 2, next);
    next = l.top + l.height;
  }
  next = high;
  for (const l of order.reverse()) {
    l.top = Math.min(l.top, next - l.height);
    next = l.top;
  }
}
