// make is an element with a class and text.
export function make<K extends keyof HTMLElementTagNameMap>(name: K, className = "", text = ""): HTMLElementTagNameMap[K] {
  const n = document.createElement(name);
  n.className = className;
  n.textContent = text;
  return n;
}
