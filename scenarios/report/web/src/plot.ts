// The seam to ECharts: a Plot is one chart in an element of the page. Its owner gives it scenes;
// it is made when it comes near the window, and follows the element's size and text.

import { Frame, type Scene } from "./frame.ts";
import { library, type ECharts, type Library } from "./library.ts";
import { make } from "./make.ts";
import { groundOf, shownOf, type Moves } from "./option.ts";

export type { Note, PlotBand, PlotLine, Reading, Scene } from "./frame.ts";

export const duration = 250; // ms from the old picture to the new one
export const hold = 500; // ms for which the old one is shown before it is played again
const nearby = "300px"; // from the window: charts within it are made

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Plot {
  frame: Frame | null = null; // of the scene that is drawn; null before it is
  private chart: ECharts | null = null;
  private made: Library | null = null;
  private box: HTMLElement | null = null;
  private size = { width: 0, height: 0, text: 0 }; // of the box, in pixels; text is the height of small text
  private ground = ""; // what the chart's scales were made from
  private scene: Scene | null = null; // as it is shown
  private wanted: (() => Scene) | null = null; // what will be shown once it is near
  private held: Scene | null = null; // shown when the motion has ended
  private stale = false; // the scene changed while there was no room to draw it
  private stopping: (() => void) | null = null; // calls off the motion that goes on
  private tip: HTMLElement | null = null;
  private readonly seen: IntersectionObserver;
  private readonly sized: ResizeObserver;

  constructor(
    private readonly root: HTMLElement,
    private readonly drawn: () => void = () => {},
  ) {
    this.sized = new ResizeObserver(() => this.resized());
    this.seen = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && void this.near(), { rootMargin: nearby });
    this.seen.observe(root);
  }

  // near draws what was shown before, once the library is there.
  async near(): Promise<void> {
    if (this.made) return;
    this.seen.disconnect();
    try {
      this.made = await library();
    } catch {
      return; // the static picture stays; the page says why (page.ts)
    }
    if (this.wanted) this.paint(this.wanted(), null);
    this.wanted = null;
  }

  // show draws a scene at once; a motion that goes on is over. A function is asked for the scene
  // when the chart is near.
  show(to: Scene | (() => Scene)): void {
    this.stop();
    const scene = typeof to === "function" ? to : () => to;
    if (this.made) this.paint(scene(), null);
    else this.wanted = scene;
  }

  // move goes from the scene shown to a new one.
  move(to: Scene): void {
    this.stop();
    if (this.frame === null || calm()) this.paint(to, null);
    else this.go(to, duration);
  }

  // play shows an old scene for a while, then moves to the new one in so many ms. Lines that the
  // old one has not grow.
  play(from: Scene, to: Scene, ms = duration): void {
    this.stop();
    this.paint(from, null);
    this.held = to;
    this.say("holding");
    const id = setTimeout(() => (calm() || this.frame === null ? this.end() : this.go(to, ms)), hold);
    this.stopping = () => clearTimeout(id);
  }

  // rest sets the final scene: it is drawn at once, or after the motion that goes on.
  rest(to: Scene): void {
    if (this.stopping) this.held = to;
    else this.paint(to, null);
  }

  // read shows the rule of a time, with the tooltip if there is one; null lets go.
  read(time: number | null, tip: HTMLElement | null = null): void {
    const { chart, frame: f } = this;
    if (!chart || !f) return;
    // A tooltip whose time stays is not written again unless it was hidden.
    if ((tip === null) !== (this.tip === null) || time === null) chart.dispatchAction({ type: "hideTip" });
    this.tip = tip;
    if (time === null) chart.dispatchAction({ type: "updateAxisPointer", currTrigger: "leave" });
    else chart.dispatchAction({ type: "showTip", x: f.x(time), y: f.margins.top + 1 });
  }

  // tell shows the tooltip of a spot; null hides it.
  tell(spot: number | null, tip: HTMLElement | null = null): void {
    this.chart?.dispatchAction({ type: "hideTip" });
    this.tip = tip;
    if (spot !== null) this.chart?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: spot });
  }

  // resized draws the scene again in the size that it has now. An element that left the page lets
  // its chart go: the library keeps every chart that was not disposed of.
  resized(): void {
    if (!this.root.isConnected) return this.dispose();
    const before = this.size;
    this.measure();
    const { width, height, text } = this.size;
    if (this.scene && (this.stale || width !== before.width || height !== before.height || text !== before.text)) this.paint(this.scene, null);
  }

  dispose(): void {
    this.stop();
    this.seen.disconnect();
    this.sized.disconnect();
    this.chart?.dispose();
    this.box?.remove();
    this.chart = this.frame = this.scene = null;
  }

  // measure asks for the size, which makes the browser lay the page out: once, and when it changes.
  private measure(): void {
    if (!this.box) return;
    this.size = { width: this.box.clientWidth, height: this.box.clientHeight, text: parseFloat(getComputedStyle(this.root).fontSize) * 0.875 };
  }

  private go(to: Scene, ms: number): void {
    const chart = this.chart!;
    let id: ReturnType<typeof setTimeout> | undefined;
    const over = () => {
      id = setTimeout(() => this.end()); // not within the chart's own work
    };
    this.stopping = () => {
      clearTimeout(id);
      chart.off("finished", over);
    };
    this.held ??= to;
    this.say("moving");
    chart.on("finished", over);
    this.paint({ ...to, bands: [] }, { ms }); // bands are drawn where the way ends
    if (this.stale) this.end(); // nobody sees it move
  }

  private end(): void {
    const to = this.held!;
    this.stop();
    this.paint(to, null);
  }

  private stop(): void {
    this.stopping?.();
    this.stopping = this.held = null;
    this.say("");
  }

  private say(phase: "" | "holding" | "moving"): void {
    this.root.dataset["motion"] = phase;
  }

  private paint(s: Scene, moves: Moves): void {
    if (!this.made) {
      this.wanted = () => s;
      return;
    }
    this.scene = s;
    this.box ??= this.open();
    const { width, height, text } = this.size;
    this.stale = width === 0 || height === 0;
    if (this.stale) return; // it is folded away: resized draws it when it is not
    this.chart ??= this.made.init(this.box, null, { renderer: "svg", width, height });
    if (this.chart.getWidth() !== width || this.chart.getHeight() !== height) this.chart.resize({ width, height, silent: true });
    const f = (this.frame = new Frame(s, width, height, text));
    const { looks } = this.made;
    const ground = JSON.stringify([width, height, text, f.margins, s.x, s.y]);
    const scales = ground === this.ground ? {} : groundOf(f, looks, () => this.tip ?? "", this.box);
    this.ground = ground;
    this.chart.setOption({ ...scales, ...shownOf(f, looks, moves) }, { replaceMerge: ["series"] });
    this.drawn();
  }

  private open(): HTMLElement {
    const box = make("div", "chart");
    this.root.append(box);
    this.root.classList.add("drawn");
    this.sized.observe(box);
    this.box = box;
    this.measure();
    return box;
  }
}
