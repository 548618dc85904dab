// The scenario that is picked: it lights in every chart, in its row, and wherever the page
// speaks of one scenario.

import type { Look } from "./chart.ts";

type Listener = (look: Look) => void;

// A Pick holds the state and tells whoever listens.
export class Pick {
  private readonly listeners: Listener[] = [];
  look: Look;

  // rows are the buttons of the scenarios, the largest gain first; of many, only the first are
  // lit beside the picked one and no new decisions.
  constructor(
    private readonly rows: HTMLButtonElement[],
    most: number,
  ) {
    const keys = rows.map((r) => r.dataset["key"]!);
    const first = rows.find((r) => r.ariaPressed === "true")?.dataset["key"] ?? keys[0] ?? "";
    this.look = { lit: new Set(["s0", ...keys.slice(0, most - 1)]), picked: first };
    for (const row of rows) {
      row.disabled = false;
      row.addEventListener("click", () => this.choose(row.dataset["key"]!));
    }
    this.mark();
  }

  // listen calls f now and whenever another scenario is picked.
  listen(f: Listener): void {
    this.listeners.push(f);
    f(this.look);
  }

  choose(key: string): void {
    this.look = { ...this.look, picked: key };
    this.mark();
    for (const f of this.listeners) f(this.look);
  }

  private mark(): void {
    for (const r of this.rows) r.ariaPressed = String(r.dataset["key"] === this.look.picked);
  }
}
