// Files of the page of a run.

import type { Runs } from "../generated.ts";
import { button } from "../live/controls.ts";
import type { Model } from "../live/model.ts";
import { make } from "../make.ts";
import { hand, quoted } from "../save.ts";
import type { Bank, BankRun } from "./bank.ts";

// saving offers the numbers of the runs, in the columns of weir run --format csv, and how the
// reader's own run is made again.
export function saving(root: HTMLElement, runs: Runs, bank: Bank, m: Model): void {
  const row = make("p", "buttons");
  const last = () => bank.shown().at(-1) ?? bank.runs[0]!;
  row.append(
    button("All numbers of this run (CSV)", () => hand(`${runs.file}.csv`, "text/csv", table(runs, bank, bank.runs[0]!))),
    button("All numbers of the last run (CSV)", () => hand(`${runs.file}-last.csv`, "text/csv", table(runs, bank, last()))),
  );
  const said = make("p", "unit");
  const say = () => {
    const run = last();
    said.textContent = run.job && run.said ? `“${run.name}” is ${run.said}` : `${runs.credit}; ${m.inputs.length} constants can be moved.`;
  };
  say();
  bank.listen(say);
  root.append(row, said);
}

function table(runs: Runs, bank: Bank, run: BankRun): string {
  const columns = runs.columns.map((_, c) => run.exact(c).slice());
  const text = (v: number) => (Number.isFinite(v) ? String(v) : Number.isNaN(v) ? "NaN" : v > 0 ? "+Inf" : "-Inf");
  const lines = [["time", ...runs.columns.map(quoted)].join(",")];
  bank.times.forEach((t, i) => lines.push([t, ...columns.map((c) => text(c[i]!))].join(",")));
  return lines.join("\n") + "\n";
}
