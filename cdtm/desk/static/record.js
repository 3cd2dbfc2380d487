// A record side by side: going through it, searching it, correcting it. The server keeps all that
// is decided; the page shows what the server answers.

import { get, make, onKeys, post as ask, say, tell } from "./common.js";
import { close, edit, editing } from "./edit.js";
import { note, patch } from "./patch.js";
import { confirm, forget, isPending, propose, render } from "./preview.js";

const rows = document.getElementById("rows");
const within = document.getElementById("within");
const FREE = ["accept", "edit", "merge with next", "realign", "pin", "up", "down", "link", "swap"];
const OTHERS = ["wrong segmentation", "translation error", "free translation"];
const NULL_LINK = "A null link is accepted as one, edited, moved, merged or linked: nothing else goes.";
const STATUS = { accepted: "accept", rejected: "reject" };

const all = () => [...rows.querySelectorAll(".row")];
note(rows);
const map = document.getElementById("map");
let leftOut = null; // what was left out of the files, while it is shown
let current = null;
let side = "zh";
let linked = null; // the row that waits for the one that it is to be linked with

/** Make a side of the current row the one that borders are moved on. */
function turn(to) {
  side = to;
  for (const cell of rows.querySelectorAll(".side")) cell.classList.remove("side");
  current?.querySelector(`.${side}`).classList.add("side");
}

function go(row) {
  if (!row) return;
  if (row !== current) forget();
  current?.classList.remove("current");
  current = row;
  turn(side);
  map.querySelector(".current")?.classList.remove("current");
  map.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.classList.add("current");
  row.classList.add("current");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  keep("unit", row.id);
}

/** Keep something as a part of the address, so that a reload, or who gets it, comes to the same. */
function keep(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(null, "", address);
}

function step(by, wanted = () => true) {
  const list = all();
  let at = list.indexOf(current);
  if (at < 0 && by > 0) at = -1;
  for (at += by; at >= 0 && at < list.length; at += by) {
    if (wanted(list[at])) return go(list[at]);
  }
  return wanted === isDoubt ? tell(say("There is no further doubt here: Shift+N goes to the next of all records.")) : undefined;
}

const flag = document.getElementById("flag");
const isDoubt = (row) => (flag.value ? row.dataset.flags?.split(" ").includes(flag.value) : "doubt" in row.dataset);

/** Ask the server about this record. */
const post = (address, told) => ask(address, { record: rows.dataset.record, ...told });

/** Send something to be written; show the rows as they stand then. True if it was worked in. */
async function send(address, told, said) {
  const answer = await post(address, told);
  if (answer.error) {
    problem(answer.error);
    return false; // what was typed stays in its fields
  }
  show(answer);
  if (answer.conflict) {
    problem(answer.conflict, answer.can_settle ? () => send(address, { ...told, settle: true }, said) : null);
    return false;
  }
  tell(answer.unit ? said : say(told.redo ? "There is nothing to redo." : "There is nothing to undo."));
  return true;
}

function show(answer) {
  close();
  forget();
  linked = null;
  const [place, name] = [all().indexOf(current), current?.id];
  for (const old of rows.querySelectorAll(".left-out")) old.remove();
  for (const mark of ["current", "linked"]) rows.querySelector(`.${mark}`)?.classList.remove(mark);
  patch(rows, answer.rows);
  const list = all();
  current = null;
  go(document.getElementById(name) ?? document.getElementById(answer.unit) ?? list[Math.min(place, list.length - 1)]);
  count();
  document.getElementById("rate").innerHTML = answer.rate; // as above
  map.innerHTML = answer.map;
  if (leftOut) showLeftOut();
  search();
}

/** Say how many doubts there are of the chosen kind. */
function count() {
  document.getElementById("count").textContent = say("{n} doubts", { n: all().filter(isDoubt).length });
}

/** Say why nothing was saved, until it is read: by the row, for eyes and screen readers. */
function problem(text, settle) {
  document.getElementById("problem")?.remove();
  const box = make("div", { id: "problem", role: "alert" }, say("Not saved: {why}", { why: text }));
  if (settle) {
    const button = make("button", { type: "button" }, say("Mine counts"));
    button.addEventListener("click", () => { box.remove(); settle(); });
    box.append(" ", button);
  }
  (current ?? rows).after(box);
  box.scrollIntoView({ block: "nearest" });
}

const text = (row, side) => (row.querySelector(`.${side} > i`) ? "" : row.querySelector(`.${side}`).textContent);

async function decide(decision, more = {}) {
  if (!current) return false;
  document.getElementById("problem")?.remove();
  if (current.classList.contains("gap") && !FREE.includes(decision)) {
    tell(say(NULL_LINK));
    return false;
  }
  const told = { unit: current.dataset.unit, decision, ...more };
  return send("/correct", told, say("Saved: {what}.", { what: say(decision) }));
}

/** Show what a decision would do; the same key again, or Enter, does it. */
async function weigh(decision, more = {}) {
  if (!current || editing()) return undefined;
  const told = { unit: current.dataset.unit, decision, side, ...more };
  const done = () => send("/correct", told, say("Saved: {what}.", { what: say(decision) }));
  if (isPending(told)) return done();
  document.getElementById("problem")?.remove();
  const answer = await post("/preview", told);
  return answer.error ? problem(answer.error) : propose(current, told, answer, done);
}

/** Give the characters of a side of the current row before a caret or an end of a selection. */
function placeIn(toStart) {
  const selection = getSelection();
  if (!current || !selection.rangeCount) return null;
  const chosen = selection.getRangeAt(0);
  const cell = chosen.commonAncestorContainer.parentElement?.closest(".pair > p");
  if (!cell || !current.contains(cell) || cell.querySelector("i")) return null;
  const before = document.createRange();
  before.setStart(cell, 0);
  if (toStart) before.setEnd(chosen.startContainer, chosen.startOffset);
  else before.setEnd(chosen.endContainer, chosen.endOffset);
  const there = cell.classList.contains("en") ? "en" : "zh";
  return { side: there, cut: Array.from(before.toString()).length, isCaret: chosen.collapsed };
}

/** Move the first sentence up or the last one down, or what is selected and all on its way. */
function move(direction) {
  const chosen = placeIn(direction === "down");
  if (chosen && !chosen.isCaret) return weigh(direction, { side: chosen.side, cut: chosen.cut });
  return weigh(direction);
}

function link() {
  if (!current || editing()) return undefined;
  if (!linked?.isConnected || linked === current) {
    const off = linked === current;
    for (const row of rows.querySelectorAll(".linked")) row.classList.remove("linked");
    linked = off ? null : current;
    linked?.classList.add("linked");
    if (linked) tell(say("Go to the row that this side belongs to, and press l again."));
    return undefined;
  }
  const null_side = linked.classList.contains("gap") && (text(linked, "zh") ? "zh" : "en");
  return weigh("link", { unit: linked.dataset.unit, other: current.dataset.unit, side: null_side || side });
}

function change(split) {
  if (!current || editing()) return;
  const row = current;
  if (split && row.classList.contains("gap")) {
    tell(say(NULL_LINK));
    return;
  }
  const before = { zh: text(row, "zh"), en: text(row, "en") };
  const caret = split ? placeIn(true) : null;
  const asks = { cuts: (told) => post("/cuts", told), preview: (after, place) => foresee(row, before, after, place) };
  edit(row, before, split && (caret?.isCaret ? { [`${caret.side}_cut`]: caret.cut } : {}), asks, (after) => {
    const lines = [after.zh, after.en].map((side) => side.split("\n").filter((line) => line.trim()).length);
    if (lines[0] === 2 && lines[1] === 2) {
      decide("split", { new_zh: after.zh, new_en: after.en });
    } else if (lines.every((count) => count < 2)) {
      if (after.zh === before.zh && after.en === before.en) return close(), row.focus();
      decide("edit", { new_zh: after.zh === before.zh ? "" : after.zh, new_en: after.en === before.en ? "" : after.en });
    } else {
      problem(say("Each side needs exactly one line break for a split, or none for an edit."));
    }
    return undefined;
  });
}

/** Show in an open form what its text would be worth. */
async function foresee(row, before, after, place) {
  const count = (text) => text.split("\n").filter((line) => line.trim()).length;
  const told = { unit: row.dataset.unit, decision: "edit" };
  if (count(after.zh) === 2 && count(after.en) === 2) {
    Object.assign(told, { decision: "split", new_zh: after.zh, new_en: after.en });
  } else if (count(after.zh) < 2 && count(after.en) < 2 && (after.zh !== before.zh || after.en !== before.en)) {
    Object.assign(told, { new_zh: after.zh === before.zh ? "" : after.zh, new_en: after.en === before.en ? "" : after.en });
  } else {
    place.replaceChildren();
    return;
  }
  const answer = await post("/preview", told);
  if (place.isConnected) place.replaceChildren(...(answer.error ? [] : render(answer)));
}

function comment() {
  if (!current || editing() || document.getElementById("comment")) return;
  const row = current;
  if (row.classList.contains("gap")) {
    tell(say(NULL_LINK));
    return;
  }
  const choice = make("select", { "aria-label": say("Decision") },
    ...["accept", "reject", ...OTHERS].map((one) => make("option", { value: one }, say(one))));
  const usual = STATUS[row.dataset.status] ?? row.dataset.status;
  if ([...choice.options].some((option) => option.value === usual)) choice.value = usual;
  const field = make("input", { "aria-label": say("Comment"), placeholder: say("Comment"), maxlength: "2000" });
  const save = make("button", {}, say("Save"));
  const form = make("form", { id: "comment" }, choice, field, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    decide(choice.value, { comment: field.value });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) { form.remove(); row.focus(); }
  });
  row.append(form);
  field.focus();
}

async function accept() {
  if (!await decide("accept")) return;
  if (rows.dataset.onward) onward();
  else step(1, isDoubt);
}

/** Go on to the next place of what is worked through: a sample, or the doubts about all records. */
function onward() {
  sessionStorage.setItem("said", document.getElementById("say").textContent);
  location.assign(rows.dataset.onward || "/doubts/next");
}

const undo = (redo) => send("/undo", { redo }, say(redo ? "Done again." : "Undone."));

function search() {
  const wanted = within.value.trim().toLowerCase();
  let found = 0;
  for (const row of all()) {
    const holds = wanted && row.querySelector(".pair").textContent.toLowerCase().includes(wanted);
    row.classList.toggle("found", Boolean(holds));
    found += holds ? 1 : 0;
  }
  if (wanted) tell(say("{n} of {m} rows hold it", { n: found, m: all().length }));
}

/** Show what was left out of the files behind the row that it follows, or hide it. */
async function furniture() {
  if (leftOut) {
    leftOut = null;
  } else {
    const told = await get(`/left-out?${new URLSearchParams({ record: rows.dataset.record })}`);
    if (told.error) return tell(told.error);
    leftOut = told;
    tell(say("{n} passages were left out", { n: told.length }));
  }
  document.getElementById("left-out").setAttribute("aria-pressed", String(leftOut !== null));
  return showLeftOut();
}

function showLeftOut() {
  for (const old of rows.querySelectorAll(".left-out")) old.remove();
  const last = new Map(); // what stands last behind a row
  for (const { row, side: of, page, reason, text: said } of leftOut ?? []) {
    const about = page ? `${reason} · ${say("page")} ${page}` : reason;
    const cell = make("p", { class: of, lang: of === "zh" ? "zh-CN" : "en" }, make("b", {}, about), " ", said);
    const box = make("div", { class: `left-out ${of}` }, cell);
    const place = last.get(row) ?? document.getElementById(row);
    if (place) place.after(box);
    else rows.querySelector(".row")?.before(box);
    if (place) last.set(row, box);
  }
}

/** Go on to the doubt whose mending would gain most of those that are left. */
function byGain() {
  const list = all().filter((row) => row.dataset.gain).sort((a, b) => b.dataset.gain - a.dataset.gain);
  const next = list[(list.indexOf(current) + 1) % Math.max(1, list.length)];
  if (!next) tell(say("There is no further doubt."));
  else go(next);
}

let last = Promise.resolve();
/** Let what was pressed before the answer came wait for it: it is about what is shown then. */
const inTurn = (does) => () => { last = last.then(does).catch(console.error); };

const DOES = {
  j: () => step(1), k: () => step(-1), n: () => step(1, isDoubt), p: () => step(-1, isDoubt),
  a: accept, x: () => decide("reject"), e: () => change(false), s: () => change(true),
  N: onward, m: () => weigh("merge with next"), c: comment, w: () => weigh("swap"), r: () => weigh("realign"), l: link,
  up: () => move("up"), down: () => move("down"), pin: () => decide("pin"), q: byGain, confirm, forget, f: furniture,
  ArrowLeft: () => turn("zh"), ArrowRight: () => turn("en"), undo: () => undo(false), redo: () => undo(true),
  "/": () => within.select(),
};

for (const key of Object.keys(DOES)) DOES[key] = inTurn(DOES[key]);
onKeys(DOES);
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, button, a, summary, dialog")) return;
  const keys = event.altKey ? { ArrowUp: DOES.up, ArrowDown: DOES.down }
    : { " ": DOES.pin, Enter: DOES.confirm, Escape: DOES.forget };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
document.addEventListener("keydown", (event) => {
  const typing = ["INPUT", "TEXTAREA", "SELECT"].includes(event.target.tagName);
  if (typing || event.isComposing || event.key.toLowerCase() !== "z") return;
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  event.preventDefault();
  DOES[event.shiftKey ? "redo" : "undo"]();
});
for (const button of document.querySelectorAll("[data-does]")) {
  button.addEventListener("click", () => DOES[button.dataset.does]());
}
rows.addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (row && row !== current && !editing() && getSelection().isCollapsed) go(row);
  const cell = event.target.closest(".pair > p");
  if (cell && row === current) turn(cell.classList.contains("en") ? "en" : "zh");
});
rows.addEventListener("focusin", (event) => {
  const row = event.target.closest(".row");
  if (row && row !== current && !editing()) go(row);
});
map.addEventListener("click", (event) => {
  const row = document.getElementById(event.target.dataset.row ?? "");
  if (row && !editing()) {
    go(row);
    row.scrollIntoView({ block: "center" });
  }
});
flag.addEventListener("change", () => {
  keep("flag", flag.value);
  count();
  current?.blur();
  step(1, isDoubt);
});
function typed(event) {
  if (event.isComposing) return;
  keep("find", within.value.trim());
  search();
}
within.addEventListener("input", typed);
within.addEventListener("compositionend", typed);
within.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter") {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1, (row) => row.classList.contains("found"));
    within.focus({ preventScroll: true });
  } else if (event.key === "Escape") {
    (current ?? all()[0])?.focus();
  }
});
addEventListener("beforeunload", (event) => {
  if (editing() || document.querySelector("#comment input")?.value) event.preventDefault();
});

const told = new URLSearchParams(location.search);
if ([...flag.options].some((option) => option.value === told.get("flag"))) flag.value = told.get("flag");
if (flag.value) count();
within.value = told.get("find") ?? "";
if (within.value) search();
tell(sessionStorage.getItem("said") ?? ""); // of the row that one comes from
sessionStorage.removeItem("said");
const first = rows.dataset.unit && document.getElementById(rows.dataset.unit);
if (first) {
  go(first);
  first.scrollIntoView({ block: "center" });
}
