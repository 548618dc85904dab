// Minutes: a sitting as a file that opens again in the page. JSON holds everything; the HTML is
// for people and carries the same JSON.

import type { Named } from "../generated.ts";
import { clock, spokenEntry, type Entry, type Hands, type Run, type Sitting } from "./record.ts";

// Minutes is the format of the file; version is 1.
export interface Minutes {
  weir: "minutes";
  version: 1;
  page: Named;
  started: string; // ISO 8601
  entries: Entry[];
}

export const minutesOf = (page: Named, s: Sitting): Minutes => ({
  weir: "minutes", version: 1, page, started: new Date(s.started).toISOString(), entries: s.entries,
});

// json is the text of minutes. It can stand in a page: no < is in it.
export const json = (m: Minutes) => JSON.stringify(m, null, 1).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export const sheet = "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}time{color:#595959;padding-right:.6rem}li{margin:.3rem 0}ol{list-style:none;padding:0}";
// sheetHash is the SHA-256 of the sheet, which alone may style the file; a test computes it.
export const sheetHash = "+jjnvskSGNUE5OC3cp+gHrUmE88ft0p7Qtqm0NUoIsE=";

// html is the file for people. It runs nothing and asks for nothing.
export function html(m: Minutes): string {
  const items = m.entries.map((e) => `<li><time datetime="${new Date(e.at).toISOString()}">${clock(e.at)}</time>${escaped(spokenEntry(e))}</li>`);
  const p = m.page;
  return [
    "<!DOCTYPE html>",
    `<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${sheetHash}'">`,
    `<title>${escaped(`Minutes: ${p.set}`)}</title><style>${sheet}</style></head><body>`,
    `<h1>${escaped(p.set)}</h1><p>${escaped(new Date(m.started).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" }))}</p>`,
    `<ol>${items.join("\n")}</ol>`,
    `<p>${escaped(`Model: ${p.model} (SHA-256 ${p.model_hash}). Scenarios: ${p.set} (SHA-256 ${p.set_hash}). Made with weir ${p.version}. This file opens again in the page (Try, Record).`)}</p>`,
    `<script type="application/json" id="minutes">${json(m)}</script>`,
    "</body></html>",
  ].join("\n");
}

const most = 2000; // entries
const longest = 20_000; // values of a run

// parse reads minutes from either file. A text that is no minutes gives the reason.
export function parse(text: string): Minutes | string {
  const inside = /<script type="application\/json" id="minutes">([\s\S]*?)<\/script>/.exec(text);
  let raw: unknown;
  try {
    raw = JSON.parse(inside ? inside[1]! : text);
  } catch {
    return "This file holds no minutes: it is neither the JSON nor the page that “Save minutes” writes.";
  }
  const m = raw as Partial<Minutes>;
  if (typeof raw !== "object" || raw === null || m.weir !== "minutes") return "This file holds no minutes of a weir page.";
  if (m.version !== 1) return `These minutes have the format ${String(m.version).slice(0, 20)}; this page reads format 1.`;
  if (!Array.isArray(m.entries) || m.entries.length > most) return "The list of entries in these minutes is missing or too long.";
  const entries = m.entries.map(entryOf);
  if (entries.includes(null)) return `Entry ${entries.indexOf(null) + 1} of these minutes cannot be read.`;
  const text_ = (x: unknown) => (typeof x === "string" ? x : "");
  const p = (m.page ?? {}) as unknown as Record<string, unknown>;
  const page = { model: text_(p["model"]), model_hash: text_(p["model_hash"]), set: text_(p["set"]), set_hash: text_(p["set_hash"]), version: text_(p["version"]) };
  const started = Number.isFinite(Date.parse(text_(m.started))) ? text_(m.started) : new Date(0).toISOString();
  return { weir: "minutes", version: 1, page, started, entries: entries as Entry[] };
}

// entryOf is one entry of a file, of which nothing is taken on trust; null if it is none.
function entryOf(raw: unknown): Entry | null {
  if (typeof raw !== "object" || raw === null) return null;
  const e = raw as Record<string, unknown>;
  const at = e["at"];
  if (typeof at !== "number" || !Number.isFinite(at) || Math.abs(at) > 8.64e15) return null;
  const text = (key: string) => (typeof e[key] === "string" ? (e[key] as string) : null);
  const words = text("words");
  switch (e["kind"]) {
    case "step": {
      const title = text("title");
      return title === null ? null : { at, kind: "step", title };
    }
    case "note": {
      const said = text("text");
      return said === null ? null : { at, kind: "note", text: said };
    }
    case "pin": {
      const [name, state] = [text("name"), text("state")];
      return name === null || state === null ? null : { at, kind: "pin", name, state };
    }
    case "reveal":
      return words === null ? null : { at, kind: "reveal", about: text("about") ?? "", words };
    case "guess":
      return words === null ? null : { at, kind: "guess", about: text("about") ?? "", key: text("key") ?? "", words, values: numbers(e["values"]), hands: handsOf(e["hands"]) };
    case "tried": {
      const state = text("state");
      if (words === null || state === null) return null;
      const list = Array.isArray(e["runs"]) ? (e["runs"] as unknown[]) : [];
      return { at, kind: "tried", state, words, effect: text("effect") ?? "", runs: list.map(runOf) };
    }
  }
  return null;
}

const numbers = (raw: unknown): (number | null)[] => (Array.isArray(raw) ? raw.slice(0, longest).map((v) => (typeof v === "number" && Number.isFinite(v) ? v : null)) : []);

function handsOf(raw: unknown): Hands {
  const h = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  const count = (x: unknown) => (typeof x === "number" && x >= 0 && x < 1e6 ? Math.floor(x) : 0);
  return { more: count(h["more"]), same: count(h["same"]), less: count(h["less"]) };
}

function runOf(raw: unknown): Run {
  const r = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  return { title: typeof r["title"] === "string" ? r["title"] : "", base: numbers(r["base"]), yours: numbers(r["yours"]) };
}

// differences says in what minutes are of another page than this one; empty if in nothing.
export function differences(m: Minutes, now: Named): string[] {
  const out: string[] = [];
  const short = (hash: string) => hash.slice(0, 12) || "unknown";
  if (m.page.model_hash !== now.model_hash) out.push(`the model was ${m.page.model || "unnamed"}, ${short(m.page.model_hash)}; here it is ${now.model}, ${short(now.model_hash)}`);
  if (m.page.set_hash !== now.set_hash) out.push(`the scenario set was ${m.page.set || "unnamed"}, ${short(m.page.set_hash)}; here it is ${now.set}, ${short(now.set_hash)}`);
  if (m.page.version !== now.version) out.push(`weir was ${m.page.version || "unknown"}; here it is ${now.version}`);
  return out;
}
