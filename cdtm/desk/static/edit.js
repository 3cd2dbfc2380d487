// Both sides of a row as text fields. Enter splits at the caret, and proposes where on the other
// side; what is typed is never lost by a row that is refused: the fields stay.

import { make, say } from "./common.js";

let open = null;

/** Whether a row is being edited. */
export const editing = () => open !== null;

/** Drop the fields. */
export function close() {
  if (!open) return;
  clearTimeout(open.timer);
  open.form.remove();
  open.row.classList.remove("editing");
  open = null;
}

/**
 * Edit a row.
 * @param {Element} row
 * @param {{zh: string, en: string}} texts
 * @param {?{zh_cut: ?number, en_cut: ?number}} split cut both sides at once, one of them here
 * @param {{cuts: function, preview: function}} asks the server: where to cut, and what would be
 * @param {function({zh: string, en: string}): void} save
 */
export function edit(row, texts, split, asks, save) {
  const fields = {};
  for (const side of ["zh", "en"]) {
    fields[side] = make("textarea", { lang: side === "zh" ? "zh-CN" : "en", "aria-label": side, rows: "4" });
    fields[side].value = texts[side];
  }
  const keep = make("button", { type: "button" }, say("Save"), " ", make("kbd", {}, "Ctrl+Enter"));
  const drop = make("button", { type: "button" }, say("Drop"), " ", make("kbd", {}, "Esc"));
  const hint = say("Ctrl+Enter saves, Esc drops. Enter splits at the caret, on both sides.");
  const form = make("div", { class: "edit" }, make("div", { class: "pair" }, fields.zh, fields.en),
    make("p", { class: "soft" }, keep, " ", drop, " ", hint), make("div", { class: "foreseen" }));
  const after = () => ({ zh: tidy(fields.zh.value), en: tidy(fields.en.value) });
  let cutting = Promise.resolve(); // what is saved waits for the place that was asked for
  const done = async () => {
    await cutting;
    if (!form.isConnected) return;
    clearTimeout(open.timer);
    save(after());
  };
  const leave = () => { close(); row.focus(); };
  keep.addEventListener("click", done);
  drop.addEventListener("click", leave);
  const foresee = () => {
    clearTimeout(open?.timer);
    if (open) open.timer = setTimeout(() => asks.preview(after(), form.querySelector(".foreseen")), 300);
  };
  form.addEventListener("input", foresee);
  const cut = async (known) => {
    const [zh, en] = [whole(fields.zh.value), whole(fields.en.value)];
    const found = await asks.cuts({ zh, en, ...known });
    if (!form.isConnected) return;
    for (const [side, text] of [["zh", zh], ["en", en]]) {
      if (fields[side].value.includes("\n")) continue;
      const at = found[side] === undefined ? best(text, 0.5) : Array.from(text).slice(0, found[side]).join("").length;
      fields[side].value = broken(text, at);
    }
    foresee();
  };
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter that ends an input method's word
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      done();
    } else if (event.key === "Enter" && event.target.tagName === "TEXTAREA") {
      event.preventDefault();
      const before = splitAt(event.target);
      cutting = cut(event.target === fields.zh ? { zh_cut: before } : { en_cut: before });
    }
  });
  row.append(form);
  row.classList.add("editing");
  open = { row, form };
  fields.zh.focus();
  fields.zh.setSelectionRange(0, 0);
  if (split) cutting = cut(split);
}

const tidy = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");

/** Give a text without its line breaks; between Latin letters a space was there. */
const whole = (text) => text.replace(/[^\S\n]*\n[^\S\n]*/g, (_, at) => (/[\x20-\x7e]/.test(text[at - 1] ?? "一") ? " " : ""));

function broken(text, at) {
  return `${text.slice(0, at).trimEnd()}\n${text.slice(at).trimStart()}`;
}

/** Move a field's line break to the caret; give the characters before it. */
function splitAt(field) {
  const before = whole(field.value.slice(0, field.selectionStart));
  field.value = broken(before + whole(field.value.slice(field.selectionStart)), before.length);
  const caret = field.value.indexOf("\n") + 1;
  field.setSelectionRange(caret, caret);
  return Array.from(before).length;
}

/** Give the place after the mark that is nearest to a share of the text; sentences' ends count more. */
function best(text, share) {
  let found = Math.round(text.length * share);
  let least = Infinity;
  for (const match of text.matchAll(/[。！？；，、：.!?;,:]+["”’)）]*/g)) {
    const at = match.index + match[0].length;
    if (at >= text.length) continue;
    const far = Math.abs(at / text.length - share) * (/[。！？.!?]/.test(match[0]) ? 1 : 2);
    if (far < least) [least, found] = [far, at];
  }
  return found;
}
