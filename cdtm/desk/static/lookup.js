// Looking up: an answer with every letter typed; the state of the page is its address.

import { copy, get, make, marked, onKeys, say } from "./common.js";

const form = document.getElementById("ask");
const box = document.getElementById("q");
const headline = document.getElementById("headline");
const KINDS = { exact: "Holds the text", fuzzy: "Nearly the same sentence", near: "Near in meaning" };
const AT_ONCE = 30; // units of a list that stand there at once
const OF_A_GROUP = 5; // and of one equivalent, where there are others
const MORE = 500; // units that a button brings
const MOST_READ = 10000; // units that the server reads for one answer
const AROUND = 60; // characters beside the text in a line of the concordance
const SETTLES = 1200; // milliseconds after which an answer has been read: Back comes to it again
let asked = null; // the AbortController of the question under way
let language = "zh";
let settled = location.search !== "";
let settling = 0;
let read = 0; // how many of the newest units are to be read; 0 for as many as are read unasked

const percent = (share) => `${Math.round(share * 100)}%`;
const code = (side) => (side === "zh" ? "zh-CN" : "en");
const opposite = (side) => (side === "zh" ? "en" : "zh");

function fields() {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) told.set(name, value.trim());
  }
  if (read) told.set("read", read);
  return told;
}

function fill() {
  const told = new URLSearchParams(location.search);
  read = Number(told.get("read")) || 0;
  for (const field of form.elements) {
    if (field.name) field.value = told.get(field.name) ?? "";
  }
}

/** Keep what is asked as the address; what was read before stays behind the Back button. */
function keep(told) {
  const address = told.size ? `?${told}` : location.pathname;
  if (new URL(address, location.href).href === location.href) return;
  history[settled ? "pushState" : "replaceState"](null, "", address);
  settled = false;
}

async function ask() {
  asked?.abort(); // the server then stops looking for it
  clearTimeout(settling);
  const told = fields();
  keep(told);
  if (!told.has("q")) {
    for (const id of ["equivalents", "hits", "files"]) document.getElementById(id).replaceChildren();
    headline.textContent = headline.dataset.start;
    headline.className = "";
    return;
  }
  const mine = (asked = new AbortController());
  const answer = await get(`/find?${told}`, mine.signal).catch(() => null);
  if (mine !== asked || answer === null) return;
  if (answer.error) {
    headline.textContent = answer.error;
    headline.className = "error";
  } else {
    show(answer);
    settling = setTimeout(() => { settled = true; }, SETTLES);
  }
}

function show(answer) {
  language = answer.language;
  document.title = `${answer.text} · cdtm`;
  headline.className = "";
  const n = answer.total.toLocaleString();
  const many = answer.total >= 10000 ? "in {n} or more units" : "in {n} units";
  const filtered = [...fields().keys()].some((name) => !["q", "order", "read"].includes(name));
  const none = filtered ? "nothing within these filters" : "not in the memory";
  const told = answer.total === 1 ? "in one unit" : answer.total ? many : none;
  const other = answer.total && answer.looked_for !== answer.text;
  const text = other && !/(zh|en)[:：]/.test(answer.text)
    ? say("{text}: not as it is written. {other}", { text: answer.text, other: answer.looked_for })
    : answer.text;
  headline.textContent = `${text}: ${say(told, { n })}${answer.note ? ` · ${answer.note}` : ""}`;
  headline.append(...guesses(answer));
  document.getElementById("files").replaceChildren(...files(answer));
  document.getElementById("equivalents").replaceChildren(...equivalents(answer));
  document.getElementById("hits").replaceChildren(...concordance(answer));
}

function* guesses(answer) {
  if (answer.meant.length) yield ` ${say("Did you mean")} `;
  for (const { text, units } of answer.meant) {
    yield button(`${text} (${units})`, () => { box.value = text; ask(); box.focus(); });
  }
}

/** Links to all of the units as a file. */
function* files(answer) {
  if (!answer.hits.length) return;
  yield `${say("These units as a file:")} `;
  for (const suffix of [".xlsx", ".tsv", ".tmx"]) {
    const told = fields();
    told.set("suffix", suffix);
    yield make("a", { href: `/units?${told}`, download: "" }, suffix.slice(1).toUpperCase());
    yield " ";
  }
}

function button(name, does, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, name);
  made.addEventListener("click", does);
  return made;
}

function* equivalents(answer) {
  if (answer.total && !answer.equivalents.length) {
    yield make("p", { class: "soft" }, say("no sure equivalent: the units show how it was rendered"));
  }
  const list = make("ol", { class: "bars" });
  answer.equivalents.slice(0, 12).forEach((one, place) => {
    const told = one.last ? "{n} of {m}, last {day}" : "{n} of {m}";
    const bar = make("meter", { min: 0, max: 1, value: one.share, "aria-hidden": "true" });
    const text = button(one.text, () => copy(one.text),
      { class: "text", title: say("Copy the translation"), lang: code(opposite(language)) });
    const counts = say(told, { n: one.count, m: answer.read, day: one.last });
    const there = answer.hits.some((hit) => hit.group === place && hit.kind === "exact");
    const go = button(counts, () => document.getElementById(`group-${place}`)?.scrollIntoView(),
      { class: "text soft", title: say("to its units") });
    list.append(make("li", {}, text, bar, there && grouped(answer) ? go : make("span", { class: "soft" }, counts)));
  });
  if (list.children.length) yield list;
  for (const { origin, form: text, note, agree } of answer.glossary) {
    const told = answer.read ? "{origin}: {text}; in {n} of {m}" : "{origin}: {text}";
    const values = { origin: say(origin), text: note ? `${text} (${note})` : text, n: agree, m: answer.read };
    yield make("p", { class: "verdict" }, say(told, values));
  }
}

const inOrder = () => document.getElementById("order").value;
const grouped = (answer) => !inOrder() && answer.equivalents.length > 0;

function* concordance(answer) {
  const exact = answer.hits.filter((hit) => hit.kind === "exact");
  if (answer.read < answer.total && exact.length) yield unread(exact.length, answer.total);
  if (grouped(answer)) yield* groups(answer, exact);
  else yield* list(exact, say("Holds the text"), {}, AT_ONCE, ["left", "right"].includes(inOrder()) ? line : unit);
  for (const kind of ["fuzzy", "near"]) {
    yield* list(answer.hits.filter((hit) => hit.kind === kind), say(KINDS[kind]), { class: kind }, AT_ONCE);
  }
}

/** Says that not all units were read, and lets more be read. */
function unread(n, m) {
  const values = { n: n.toLocaleString(), m: m.toLocaleString() };
  const text = say("Only the newest {n} of {m} units were read: counts and order are of these.", values);
  const next = Math.min(m, (read || 100) * 10, MOST_READ);
  const on = button(say("Read the newest {n}", { n: next.toLocaleString() }), () => { read = next; ask(); });
  return make("p", { class: "soft" }, text, ...(next > n ? [" ", on] : []));
}

/** The units of each equivalent together. */
function* groups(answer, exact) {
  for (let place = 0; place <= answer.equivalents.length; place += 1) {
    const hits = exact.filter((hit) => hit.group === place);
    const one = answer.equivalents[place];
    const name = one ? `${one.text} · ${hits.length}` : say("rendered otherwise, or it is not sure how");
    const alone = hits.length === exact.length;
    yield* list(hits, name, { id: `group-${place}`, lang: one && code(opposite(answer.language)) }, alone ? AT_ONCE : OF_A_GROUP);
  }
}

/** A heading and some hits below it; a button brings the others. */
function* list(hits, name, attributes, atOnce, shown = unit) {
  if (!hits.length) return;
  yield make("h2", { id: attributes.id, lang: attributes.lang }, name);
  const made = make("ol", { class: `hits ${attributes.class ?? ""} ${shown === line ? "kwic" : ""}` });
  made.append(...hits.slice(0, atOnce).map((hit) => shown(hit)));
  yield made;
  if (hits.length <= atOnce) return;
  const name_of = () => say("{n} more", { n: hits.length - made.children.length });
  const more = button(name_of(), () => {
    const at = made.children.length;
    made.append(...hits.slice(at, at + MORE).map((hit) => shown(hit)));
    if (made.children.length < hits.length) more.textContent = name_of();
    else more.remove();
    made.children[at].focus();
  });
  yield more;
}

/** A side of a hit, marked: what was found and its rendering, or how it differs from what was asked. */
function side(hit, which) {
  if (which === language && hit.difference) {
    const tags = { missing: "del", more: "ins" };
    return hit.difference.map(([change, text]) => (tags[change] ? make(tags[change], {}, text) : text));
  }
  return marked(hit[which], which === language ? hit.found : hit.rendered);
}

function unit(hit) {
  const to = opposite(language);
  const sides = [language, to].map((which) => make("p", { class: which, lang: code(which) }, ...side(hit, which)));
  const address = `/record?${new URLSearchParams({ name: hit.document, unit: hit.tuid })}`;
  const about = make("p", { class: "about" },
    ...(hit.kind === "exact" ? [] : [make("b", {}, say("{p} alike", { p: percent(hit.match) }))]),
    make("a", { href: address, title: say("In the record") }, hit.document),
    ...[hit.date, hit.speaker].filter(Boolean).map((text) => make("span", {}, text)),
    ...(hit.confidence === null ? [] :
      [make("span", {}, say("confidence {p}", { p: percent(hit.confidence) }))]),
    ...(hit.tier === "review" ? [make("span", { class: "doubt" }, say("to be reviewed"))] : []),
    ...hit.reasons.map((why) => make("span", { class: "doubt" }, why)),
    action("Copy the translation", "y", () => copy(hit[to])),
    action("Copy the pair", "Y", () => copy(`${hit.zh}\t${hit.en}`)));
  const item = make("li", { tabindex: "-1" }, make("div", { class: "pair" }, ...sides), about);
  item.desk = { hit, to, address };
  return item;
}

/** A hit as a line of a concordance: what stands before, the text, what stands after, on both sides. */
function line(hit) {
  const item = unit(hit);
  const places = { [language]: hit.found[0], [opposite(language)]: hit.rendered[0] };
  item.prepend(...Object.entries(places).map(([which, place]) => {
    const signs = Array.from(hit[which]);
    if (!place) return make("p", { class: "around", lang: code(which) }, make("span", { class: "whole" }, hit[which]));
    const [start, end] = place;
    const parts = [signs.slice(Math.max(0, start - AROUND), start), signs.slice(start, end), signs.slice(end, end + AROUND)];
    const tags = ["span", "mark", "span"];
    return make("p", { class: "around", lang: code(which) }, ...parts.map((part, n) => make(tags[n], {}, make("bdi", {}, part.join("")))));
  }));
  return item;
}

function action(text, key, does) {
  const made = button(say(text), does, { class: "small" });
  made.append(" ", make("kbd", {}, key));
  return made;
}

const items = () => [...document.querySelectorAll(".hits > li")];
const current = () => document.activeElement?.closest?.(".hits > li");

function step(by) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(current());
  all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))].focus();
}

const withCurrent = (does) => () => {
  const item = current() ?? items()[0];
  if (item) does(item.desk);
};

onKeys({
  "/": () => box.select(),
  j: () => step(1),
  k: () => step(-1),
  y: withCurrent(({ hit, to }) => copy(hit[to])),
  Y: withCurrent(({ hit }) => copy(`${hit.zh}\t${hit.en}`)),
  o: withCurrent(({ address }) => location.assign(address)),
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown") {
    event.preventDefault();
    step(1);
  } else if (event.key === "Enter") {
    settled = true; // what is typed next has an address of its own
  }
});
/** Ask as the form says; another text is read as far as any. */
function typed(event) {
  if (event.isComposing) return; // half a word in pinyin is no question
  if (event.target === box) read = 0;
  ask();
}
form.addEventListener("input", typed);
form.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", () => { fill(); ask(); });

if (matchMedia("(max-width: 700px)").matches) document.getElementById("filters").open = false;
if (location.search) fill(); // else what was typed before this script ran stays
if (box.value) ask();
