// The layout of "Try": two graphs beside the levers, and the buttons that are always in reach.

import { Cursor, type Readable } from "../cursor.ts";
import { readingsOf } from "../frame.ts";
import { make } from "../make.ts";
import { Plot } from "../plot.ts";
import { button } from "./controls.ts";
import { timesOf, type Model } from "./model.ts";

// Acts are what a reader can do, beside moving levers.
export interface Acts {
  undo(): void;
  replay(): void;
  pin(): void;
  unpin(i: number): void;
  rename(i: number, name: string): void;
  back(i: number): void;
  reset(): void;
  copy(): void;
  csv(): void;
  save(): void;
  preset(id: string): void;
  from(text: string): void;
  view(place: number, view: number): void;
  difference(on: boolean): void;
}

// A Deck holds the elements that the bench writes to.
export class Deck {
  readonly says = make("p", "result");
  readonly remark = make("p", "remark");
  readonly what = make("p", "state");
  readonly table = make("div", "scroll");
  readonly all = make("div", "all");
  readonly preset = make("select");
  readonly from = make("input", "field");
  readonly undo: HTMLButtonElement;
  readonly replay: HTMLButtonElement;
  readonly pin: HTMLButtonElement;
  readonly plots: Plot[];
  private cursor: Cursor | null = null;
  readonly tried = make("ol", "tried");
  readonly triedBox = make("details", "more");
  private readonly pins = make("ul", "pins");
  private readonly kinds: HTMLButtonElement[];

  constructor(root: HTMLElement, m: Model, figures: number[], levers: HTMLElement, ranges: string, private readonly acts: Acts) {
    this.undo = button("Undo", acts.undo);
    this.replay = button("Replay last change", acts.replay);
    this.pin = button("Pin this run", acts.pin);
    this.kinds = [button("Difference", () => acts.difference(true)), button("Level", () => acts.difference(false))];
    this.says.setAttribute("aria-live", "polite");
    this.remark.setAttribute("role", "status");
    const tools = make("p", "buttons");
    tools.append(this.undo, this.replay, this.pin, button("Reset", acts.reset));
    const views = make("div", "views");
    const read: Readable[] = [];
    this.plots = figures.map((shown, place) => {
      const picture = make("div", "own-plot");
      views.append(this.chooser(m, place, shown, acts), picture);
      const plot = new Plot(picture, () => this.cursor?.refresh());
      read.push(readable(plot, picture, m, place));
      return plot;
    });
    this.cursor = new Cursor(read, document.getElementById("live")!);
    const stage = make("div", "stage");
    stage.append(this.says, views, tools, this.pins);
    const deck = make("div", "deck");
    deck.append(stage, levers);
    root.append(this.choices(m, acts), this.remark, deck, this.what, ...this.folds(ranges, acts));
  }

  // chooser picks what a graph shows; the first one also says how.
  private chooser(m: Model, place: number, shown: number, acts: Acts): HTMLElement {
    const p = make("p", "choice");
    const select = make("select");
    select.id = place === 0 ? "try-view" : "try-view-2";
    select.ariaLabel = place === 0 ? "The first graph shows" : "The second graph shows";
    m.views.forEach((v, i) => select.append(new Option(v.unit ? `${v.title} (${v.unit})` : v.title, String(i), false, i === shown)));
    select.addEventListener("change", () => acts.view(place, Number(select.value)));
    p.append(select);
    if (place === 0) {
      const kinds = make("span", "kinds");
      kinds.setAttribute("role", "group");
      kinds.ariaLabel = "What the graphs show";
      kinds.append(...this.kinds);
      p.append(kinds);
    }
    return p;
  }

  private choices(m: Model, acts: Acts): HTMLElement {
    this.preset.id = "try-preset";
    m.presets.forEach((p) => this.preset.append(new Option(p.label, p.id)));
    this.preset.addEventListener("change", () => acts.preset(this.preset.value));
    Object.assign(this.from, { id: "try-from", type: "text", inputMode: "decimal" });
    this.from.addEventListener("change", () => acts.from(this.from.value));
    const labelled = (text: string, control: HTMLElement) => {
      const l = make("label", "", `${text} `);
      l.htmlFor = control.id;
      const p = make("p", "choice");
      p.append(l, control);
      return p;
    };
    const out = make("div", "choosing");
    out.append(labelled("Begin with", this.preset), labelled("Decisions you move hold from", this.from));
    return out;
  }

  private folds(ranges: string, acts: Acts): HTMLElement[] {
    const fold = (title: string, ...inside: HTMLElement[]) => {
      const d = make("details", "more");
      d.append(make("summary", "", title), ...inside);
      return d;
    };
    this.table.tabIndex = 0;
    this.table.setAttribute("role", "region");
    this.table.ariaLabel = "Every outcome of what is set";
    this.triedBox.append(make("summary", "", "What was tried"), this.tried);
    this.triedBox.hidden = true;
    const keep = make("p", "buttons");
    keep.append(button("Copy link", acts.copy), button("CSV", acts.csv), button("Save page", acts.save));
    return [this.triedBox, fold("Every outcome of what is set", this.table, make("p", "unit", ranges), this.all), fold("Keep it", keep)];
  }

  // listPins shows the pinned runs: each can be renamed, taken up again, or let go.
  listPins(names: string[]): void {
    this.pins.replaceChildren(
      ...names.map((name, i) => {
        const field = make("input", "field pin-name");
        Object.assign(field, { type: "text", value: name, maxLength: 60, ariaLabel: `Name of ${name}` });
        field.addEventListener("change", () => this.acts.rename(i, field.value));
        const item = make("li");
        const [back, off] = [button("Take up", () => this.acts.back(i)), button("Unpin", () => this.acts.unpin(i))];
        back.ariaLabel = `Take up ${name}`;
        off.ariaLabel = `Unpin ${name}`;
        item.append(field, back, off);
        return item;
      }),
    );
  }

  // kind marks whether differences or levels are shown.
  kind(difference: boolean): void {
    this.kinds[0]!.ariaPressed = String(difference);
    this.kinds[1]!.ariaPressed = String(!difference);
  }
}

// readable is a graph for the cursor: of the times that it shows.
function readable(plot: Plot, box: HTMLElement, m: Model, place: number): Readable {
  const first = () => plot.frame?.scene.times.findIndex((t) => t >= plot.frame!.scene.x.min - 1e-9) ?? 0;
  return {
    title: place === 0 ? "The first graph" : "The second graph",
    box,
    plot,
    today: m.time.today,
    get times() {
      return timesOf(m).slice(first());
    },
    get dates() {
      return m.time.dates.slice(first());
    },
    readings: (row) => (plot.frame ? readingsOf(plot.frame.scene, row + first()) : []),
  };
}
