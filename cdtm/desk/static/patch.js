// A long record is shown anew by what has changed of it: to lay out thousands of rows takes seconds.

/** Remember how the turns and rows of a record were written by the server. */
export function note(rows) {
  for (const part of rows.querySelectorAll(".turn, .row")) part.written = part.outerHTML;
}

/**
 * Show a record as the server writes it now; what is written as before is left alone.
 * @param {Element} rows holds turns, and these hold rows
 * @param {string} html made by the desk's own template, which escapes every text
 */
export function patch(rows, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  note(fresh.content);
  replace(rows, fresh.content);
}

function replace(old, fresh) {
  const [before, after] = [[...old.children], [...fresh.children]];
  const same = (a, b) => a !== undefined && b !== undefined && (a.written ?? a.outerHTML) === (b.written ?? b.outerHTML);
  while (same(before[0], after[0])) { before.shift(); after.shift(); }
  const next = [];
  while (same(before.at(-1), after.at(-1))) { next[0] = before.pop(); after.pop(); }
  if (before.length === 1 && after.length === 1 && before[0].matches(".turn")) {
    replace(before[0], after[0]);
    before[0].written = after[0].written;
    return;
  }
  for (const part of before) part.remove();
  if (next.length) next[0].before(...after);
  else old.append(...after);
}
