// The facilitator's own window: notes, the next step and the clock. It is this same file,
// opened at #notes; the two windows talk by messages, of which only those of the other window
// count.

import { make } from "../make.ts";

// A Cue is what the notes window shows.
export interface Cue {
  at: number;
  of: number;
  title: string;
  text: string;
  notes: string;
  minutes: number;
  next: string;
  begun: number; // ms since 1970
}

// aim is to whom messages go. A file has no origin that could be named; a page of a server has.
const aim = location.protocol === "file:" ? "*" : location.origin;

type Message = { weir: "cue"; cue: Cue } | { weir: "key"; key: string } | { weir: "ready" };

export class Notes {
  private other: Window | null = null;
  private cue: Cue | null = null;

  constructor(key: (key: string) => void) {
    addEventListener("message", (e: MessageEvent<Message>) => {
      if (!this.other || e.source !== this.other) return;
      if (e.data?.weir === "ready") this.send();
      if (e.data?.weir === "key") key(String(e.data.key));
    });
  }

  // open opens the window, and reports whether the browser allowed it.
  open(): boolean {
    this.other = window.open(`${location.href.split("#")[0]}#notes`, "weir-notes", "width=900,height=700");
    return this.other !== null;
  }

  tell(cue: Cue): void {
    this.cue = cue;
    this.send();
  }

  private send(): void {
    if (this.cue) this.other?.postMessage({ weir: "cue", cue: this.cue } satisfies Message, aim);
  }
}

// showNotes turns this window into the notes of the one that opened it. It reports whether
// there is one.
export function showNotes(): boolean {
  const opener = window.opener as Window | null;
  if (!opener) return false;
  const root = make("main", "notes-view");
  document.title = "Notes";
  document.body.replaceChildren(root);
  document.documentElement.classList.add("noting");
  const time = make("p", "clock");
  let cue: Cue | null = null;
  const show = () => {
    if (!cue) return root.replaceChildren(make("p", "", "Waiting for the room."));
    const next = make("p", "next", cue.next ? `Next: ${cue.next}` : "This is the last step.");
    const minutes = cue.minutes ? ` · ${cue.minutes} minutes planned` : "";
    root.replaceChildren(time, make("p", "where", `${cue.at + 1} of ${cue.of}${minutes}`), make("h1", "", cue.title), make("p", "notes-text", cue.notes), make("p", "said", cue.text), next);
  };
  const tick = () => {
    if (!cue) return;
    const gone = Math.max(0, Math.floor((Date.now() - cue.begun) / 1000));
    time.textContent = `${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })} · ${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")} since the start`;
  };
  addEventListener("message", (e: MessageEvent<Message>) => {
    if (e.source !== opener || e.data?.weir !== "cue") return;
    cue = e.data.cue;
    show();
    tick();
  });
  addEventListener("keydown", (e) => {
    opener.postMessage({ weir: "key", key: e.key } satisfies Message, aim);
    if ([" ", "PageDown", "PageUp", "ArrowLeft", "ArrowRight"].includes(e.key)) e.preventDefault();
  });
  setInterval(tick, 1000);
  show();
  opener.postMessage({ weir: "ready" } satisfies Message, aim);
  return true;
}
