// Pointing at a part of the model's picture shows what acts on it and what it acts
// on; a click keeps that, a click beside it lets go.

export function askable(svg: SVGSVGElement): void {
  let kept = false;
  const parts = [...svg.querySelectorAll<SVGGElement>(".part")];
  const arrows = [...svg.querySelectorAll<SVGPathElement>(".arrow")];

  const show = (name: string | undefined) => {
    svg.classList.toggle("asked", name !== undefined);
    const near = new Set([name]);
    for (const a of arrows) {
      const on = a.dataset["from"] === name || a.dataset["to"] === name;
      a.classList.toggle("on", on);
      if (on) near.add(a.dataset["from"]).add(a.dataset["to"]);
    }
    for (const p of parts) p.classList.toggle("on", near.has(p.dataset["part"]));
  };

  for (const p of parts) {
    p.addEventListener("pointerenter", () => kept || show(p.dataset["part"]));
    p.addEventListener("pointerleave", () => kept || show(undefined));
    p.addEventListener("click", (e) => {
      e.stopPropagation();
      kept = true;
      show(p.dataset["part"]);
    });
  }
  svg.addEventListener("click", () => {
    kept = false;
    show(undefined);
  });
}
