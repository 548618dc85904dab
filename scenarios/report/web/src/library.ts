// Brings ECharts into the page: the island "charts" holds it compressed, and the page's policy
// knows its hash, so that it may run as a script of the page.

import type dagre from "@dagrejs/dagre";
import type { ECharts, init } from "echarts/core";
import type { Looks } from "./generated.ts";
import { unpack } from "./save.ts";

export type { ECharts };

export interface Library {
  init: typeof init;
  dagre: typeof dagre;
  looks: Looks; // of lines, and the parts of an option that all charts share
}

let loading: Promise<Library> | null = null;

// library is ECharts, brought in once. It is refused where this browser cannot unpack it.
export function library(): Promise<Library> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Library> {
  const looks = JSON.parse(document.getElementById("looks")!.textContent!) as Looks;
  const bytes = await unpack({ name: "", type: "", data: document.getElementById("charts")!.textContent! });
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(bytes);
  document.head.append(script); // runs at once: it is inline
  script.remove();
  const { weirCharts } = globalThis as unknown as { weirCharts: Pick<Library, "init" | "dagre"> };
  return { ...weirCharts, looks };
}
