// Makes a table sortable by any column: a button in each header, by mouse or key.

export interface Cell {
  value: string; // a number to sort by, or ""
  text: string;
}

// compare orders two cells: numbers before words, missing cells last.
export function compare(a: Cell, b: Cell, down: boolean): number {
  const missing = (c: Cell) => c.value === "" && c.text.trim() === "–";
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  const sign = down ? -1 : 1;
  if (a.value !== "" && b.value !== "") return sign * (Number(a.value) - Number(b.value));
  return sign * a.text.localeCompare(b.text, "en", { numeric: true });
}

// valueOf returns a cell's own sort key, or the exact number in its title.
export const valueOf = (value: string | undefined, title: string) => value ?? /^exactly (-?[\d.]+(?:e[-+]?\d+)?)$/.exec(title)?.[1] ?? "";

function cellOf(row: HTMLTableRowElement, column: number): Cell {
  const c = row.cells[column]!;
  return { value: valueOf(c.dataset["value"], c.title), text: c.textContent ?? "" };
}

export function makeSortable(table: HTMLTableElement): void {
  const heads = [...table.tHead!.rows[0]!.cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = "Sort by this column";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.ariaSort === "ascending" || (head.ariaSort === null && head.classList.contains("number"));
      heads.forEach((h) => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortBy(table, column, down);
    });
  });
}

function sortBy(table: HTMLTableElement, column: number, down: boolean): void {
  const body = table.tBodies[0]!;
  const rows = [...body.rows];
  rows.sort((a, b) => compare(cellOf(a, column), cellOf(b, column), down));
  body.append(...rows);
}
