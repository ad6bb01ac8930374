// Helpers of the page: elements, formatting, and lists that are updated in place.

export const SECOND = 1000;

export const byId = (id) => document.getElementById(id);
export const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
export const copyOf = (template) => byId(template).content.firstElementChild.cloneNode(true);

/** Make an element. Strings among the children become text, never markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Set the text only if it differs; otherwise screen readers would announce it again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
export const iso = (ms) => new Date(ms).toISOString();
export const clock = (ms) => iso(ms).slice(11, 19);
export const words = (name) => (name[0] ?? "").toUpperCase() + name.slice(1).replaceAll("_", " ");

export function duration(ms) {
  const seconds = Math.ceil(ms / SECOND);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/**
 * Show entries as the children of an element, one for each key.
 *
 * An element that stays is never moved, because that would stop its video and lose the focus. So
 * the order of entries must not change. `update` receives whether its entry has changed.
 */
export function keyed(list, entries, { key, create, update = () => {} }) {
  const wanted = new Set(entries.map(key));
  const present = new Map();
  for (const child of [...list.children]) {
    if (wanted.has(child.dataset.key)) present.set(child.dataset.key, child);
    else child.remove();
  }
  let place = list.firstElementChild;
  for (const entry of entries) {
    const name = key(entry);
    const element = present.get(name) ?? create(entry);
    element.dataset.key = name;
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
    const text = JSON.stringify(entry);
    update(element, entry, element.shownAs !== text);
    element.shownAs = text;
  }
}

/** Show strings as the items of a list. */
export function items(list, texts) {
  const entries = texts.map((text, index) => ({ text, index }));
  const update = (item, { text }) => write(item, text);
  keyed(list, entries, { key: ({ index }) => `${index}`, create: () => make("li"), update });
}

/** Show rows of strings in a table; hide the table if there are none. */
export function rows(table, texts) {
  table.hidden = texts.length === 0;
  const entries = texts.map((cells, index) => ({ cells, index }));
  keyed(table.tBodies[0], entries, {
    key: ({ index }) => `${index}`,
    create: ({ cells }) => make("tr", {}, ...cells.map(() => make("td"))),
    update: (line, { cells }) => cells.forEach((cell, index) => write(line.cells[index], cell)),
  });
}
