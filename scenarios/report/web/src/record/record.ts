// The record of a sitting: what was asked, guessed, tried and said, with times. It stays in
// the page until it is saved as minutes.

// An Entry is one thing that happened. Texts are a reader's own words: they are shown as text
// wherever they go.
export type Entry = { at: number } & (
  | { kind: "step"; title: string }
  | { kind: "guess"; about: string; key: string; words: string; values: (number | null)[]; hands: Hands }
  | { kind: "reveal"; about: string; words: string }
  | { kind: "tried"; state: string; words: string; effect: string; runs: Run[] }
  | { kind: "pin"; name: string; state: string }
  | { kind: "note"; text: string }
);

// Hands are how many of the room said so.
export interface Hands {
  more: number;
  same: number;
  less: number;
}

// A Run is an outcome in the single run: with no new decisions and with what was set, row by
// row, as the module computed it.
export interface Run {
  title: string;
  base: (number | null)[];
  yours: (number | null)[];
}

// A Sitting is the list of entries, oldest first.
export class Sitting {
  entries: Entry[] = [];
  private readonly listeners: (() => void)[] = [];

  constructor(readonly started = Date.now()) {}

  add(e: Entry): void {
    this.entries.push(e);
    this.tell();
  }

  // take replaces all entries.
  take(list: Entry[]): void {
    this.entries = list;
    this.tell();
  }

  // undo takes the last note back.
  undoNote(): void {
    const i = this.entries.findLastIndex((e) => e.kind === "note");
    if (i >= 0) this.entries.splice(i, 1);
    this.tell();
  }

  listen(f: () => void): void {
    this.listeners.push(f);
  }

  private tell(): void {
    for (const f of this.listeners) f();
  }
}

export const clock = (at: number) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

// spokenEntry is an entry in words, without its time.
export function spokenEntry(e: Entry): string {
  switch (e.kind) {
    case "step":
      return `Shown: ${e.title}`;
    case "guess":
      return `Guessed about “${e.about}”: ${e.words}${handsWords(e.hands)}`;
    case "reveal":
      return `Revealed “${e.about}”: ${e.words}`;
    case "tried":
      return `Tried: ${e.words}. ${e.effect}`;
    case "pin":
      return `Pinned as “${e.name}”`;
    case "note":
      return `Said: ${e.text}`;
  }
}

function handsWords(h: Hands): string {
  const all = h.more + h.same + h.less;
  return all === 0 ? "" : `; hands: ${h.more} more, ${h.same} about the same, ${h.less} less`;
}
