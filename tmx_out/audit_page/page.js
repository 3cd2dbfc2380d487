"use strict";
// What the whole page shares: small helpers, sorting of tables, help, which record the address names.

document.documentElement.classList.remove("no-script");

const byId = (id) => document.getElementById(id);
const index = JSON.parse(byId("index").textContent);

/** Make an element; children are nodes or texts, and texts are never read as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== "") element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const grouped = (number) => number.toLocaleString("en-US");
const counted = (number, one, many) => `${grouped(number)} ${number === 1 ? one : many}`;

/** Unpack the texts of a record: base64, then deflate, then JSON. */
async function unpack(place) {
  const block = document.querySelector(`script[data-record="${place}"]`);
  const bytes = Uint8Array.from(atob(JSON.parse(block.textContent)), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// ---- sorting -------------------------------------------------------------------------------

/** Give a cell as a number if it begins with one, else as a text. */
function cellValue(row, column) {
  const text = row.cells[column].textContent.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const number = Number.parseFloat(text.replaceAll(",", ""));
  return Number.isNaN(number) ? text : number;
}

const collator = new Intl.Collator("en", { numeric: true });

function compare(one, two) {
  if (typeof one === "number" && typeof two === "number") return one - two;
  return collator.compare(String(one), String(two));
}

function sortBy(table, column, head) {
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [cellValue(row, column), row]);
  rows.sort((one, two) => (up ? 1 : -1) * compare(one[0], two[0]));
  body.append(...rows.map(([, row]) => row));
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (column === heads.length - 1) return; // the drawings have no order
    const button = make("button", { type: "button", title: "Sort by this" }, head.textContent);
    button.addEventListener("click", () => sortBy(table, column, head));
    head.replaceChildren(button);
  });
}

// ---- help and keys -------------------------------------------------------------------------

const help = byId("keys");
byId("help-button").addEventListener("click", () => help.showModal());

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: () => stepDoubt(1),
  p: () => stepDoubt(-1),
  "/": () => focusSearch(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  const writes = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (writes && event.key === "Escape") event.target.blur();
  if (writes || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

// ---- which record the address names: #r3 or #r3-57 ------------------------------------------

function follow() {
  const named = /^#r(\d+)(?:-(\d+))?$/.exec(location.hash);
  if (named) openRecord(Number(named[1]), named[2] === undefined ? null : Number(named[2]));
}

// A second click on the same link leaves the address as it is, so that no change is told.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#r']");
  if (link && link.getAttribute("href") === location.hash) follow();
});
addEventListener("hashchange", follow);
addEventListener("DOMContentLoaded", follow);
