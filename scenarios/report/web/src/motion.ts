// Motion from an old picture to a new one: the pictures on the way, and the one that
// waits until it has ended.

// A Clock is the browser's, or one of a test. Each call gives a way to call it off.
export interface Clock {
  now(): number; // ms
  wait(ms: number, then: () => void): () => void;
  frame(then: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  wait: (ms, then) => {
    const id = setTimeout(then, ms);
    return () => clearTimeout(id);
  },
  frame: (then) => {
    const id = requestAnimationFrame(then);
    return () => cancelAnimationFrame(id);
  },
};

export const duration = 250; // ms from the old picture to the new one
export const hold = 500; // ms for which the old one is shown before it is played again
const share = 1 / 5; // of a motion that counts of one frame: a slow machine shows the way too

// A Motion draws pictures of type P, of which between gives one on the way.
export class Motion<P> {
  private shown: P | null = null; // as it is drawn at this moment
  private goal: P | null = null;
  private held: P | null = null; // drawn when the motion has ended
  private cancel: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly draw: (picture: P) => void,
    private readonly between: (from: P, to: P, share: number) => P,
    private readonly calm: () => boolean, // the reader wants no motion
    private readonly tell: (phase: "" | "holding" | "moving") => void = () => {},
  ) {}

  // show draws a picture at once; a motion that goes on is over.
  show(to: P): void {
    this.stop();
    this.paint(to);
  }

  // move goes from the picture shown to a new one.
  move(to: P): void {
    this.stop();
    const from = this.shown;
    if (from === null || this.calm()) return this.paint(to);
    this.go(from, to);
  }

  // play shows an old picture for a while, then moves to the new one in so many ms.
  play(from: P, to: P, ms = duration): void {
    this.stop();
    this.paint(from);
    this.goal = to;
    this.tell("holding");
    this.cancel = this.clock.wait(hold, () => {
      if (this.calm()) this.end();
      else this.go(from, to, ms);
    });
  }

  // rest sets the final picture: it is drawn at once, or after the motion that goes on.
  rest(to: P): void {
    if (this.cancel) this.held = to;
    else this.paint(to);
  }

  private go(from: P, to: P, ms = duration): void {
    this.goal = to;
    this.tell("moving");
    let [last, done] = [this.clock.now(), 0];
    const tick = () => {
      const now = this.clock.now();
      done += Math.min(share * ms, Math.max(0, now - last));
      last = now;
      if (done >= ms) return this.end();
      this.paint(this.between(from, to, done / ms));
      this.cancel = this.clock.frame(tick);
    };
    this.cancel = this.clock.frame(tick);
  }

  private end(): void {
    const picture = this.held ?? this.goal!;
    this.stop();
    this.paint(picture);
  }

  private stop(): void {
    this.cancel?.();
    this.cancel = this.held = this.goal = null;
    this.tell("");
  }

  private paint(picture: P): void {
    this.shown = picture;
    this.draw(picture);
  }
}
