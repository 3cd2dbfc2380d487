// Looking up: an answer with every letter typed; the state of the page is its address.

import { copy, make, marked, onKeys, say } from "./common.js";

const form = document.getElementById("ask");
const box = document.getElementById("q");
const headline = document.getElementById("headline");
const KINDS = { exact: "Holds the text", fuzzy: "Nearly the same sentence", near: "Near in meaning" };
const MORE = 100;
let asked = null; // the AbortController of the question under way
let limit = "";
let language = "zh";

const percent = (share) => `${Math.round(share * 100)}%`;

function fields() {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) told.set(name, value.trim());
  }
  return told;
}

function fill() {
  const told = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.name) field.value = told.get(field.name) ?? "";
  }
}

async function ask() {
  asked?.abort();
  const told = fields();
  history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
  if (!told.has("q")) {
    document.getElementById("equivalents").replaceChildren();
    document.getElementById("hits").replaceChildren();
    headline.textContent = "";
    return;
  }
  if (limit) told.set("limit", limit);
  const mine = (asked = new AbortController());
  try {
    const response = await fetch(`/find?${told}`, { signal: mine.signal });
    const answer = await response.json();
    if (mine !== asked) return;
    if (answer.error) {
      headline.textContent = answer.error;
      headline.className = "error";
    } else {
      show(answer);
    }
  } catch (error) {
    if (mine !== asked || error.name === "AbortError") return;
    headline.textContent = say("cdtm does not answer: it was ended, or another version runs. Start it and reload.");
    headline.className = "error";
  }
}

function show(answer) {
  language = answer.language;
  document.title = `${answer.text} · cdtm`;
  headline.className = "";
  const n = answer.total.toLocaleString();
  const many = answer.total >= 10000 ? "in {n} or more units" : "in {n} units";
  const filtered = [...fields().keys()].some((name) => name !== "q");
  const none = filtered ? "nothing within these filters" : "not in the memory";
  const told = answer.total === 1 ? "in one unit" : answer.total ? many : none;
  const other = answer.total && answer.looked_for !== answer.text;
  const asked = other
    ? say("{text}: not as it is written. {other}", { text: answer.text, other: answer.looked_for })
    : answer.text;
  headline.textContent = `${asked}: ${say(told, { n })}` +
    (answer.note ? ` · ${answer.note}` : "");
  headline.append(...guesses(answer));
  document.getElementById("equivalents").replaceChildren(...equivalents(answer));
  document.getElementById("hits").replaceChildren(...concordance(answer));
}

function* guesses(answer) {
  if (answer.meant.length) yield ` ${say("Did you mean")} `;
  for (const { text, units } of answer.meant) {
    const button = make("button", { type: "button" }, `${text} (${units})`);
    button.addEventListener("click", () => { box.value = text; ask(); box.focus(); });
    yield button;
  }
}

function* equivalents(answer) {
  if (answer.total && !answer.equivalents.length) {
    yield make("p", { class: "soft" }, say("no sure equivalent: the units show how it was rendered"));
  }
  const list = make("ol", { class: "bars" });
  for (const one of answer.equivalents.slice(0, 12)) {
    const told = one.last ? "{n} of {m}, last {day}" : "{n} of {m}";
    const bar = make("meter", { min: 0, max: 1, value: one.share, "aria-hidden": "true" });
    const button = make("button", { type: "button", class: "text", title: say("Copy the translation"),
      lang: language === "zh" ? "en" : "zh-CN" }, one.text);
    button.addEventListener("click", () => copy(one.text));
    const counts = say(told, { n: one.count, m: answer.read, day: one.last });
    list.append(make("li", {}, button, bar, make("span", { class: "soft" }, counts)));
  }
  if (list.children.length) yield list;
  for (const verdict of answer.verdicts) yield make("p", { class: "verdict" }, verdict);
}

function* concordance(answer) {
  let kind = "";
  let list = null;
  for (const hit of answer.hits) {
    if (hit.kind !== kind) {
      kind = hit.kind;
      if (list) yield list;
      yield make("h2", {}, say(KINDS[kind]));
      list = make("ol", { class: `hits ${kind}` });
    }
    list.append(shown(hit, answer.language));
  }
  if (list) yield list;
  if (answer.limit < MORE && answer.hits.length === answer.limit && answer.total > answer.limit) {
    const more = make("button", { type: "button" }, `… ${Math.min(MORE, answer.total)}`);
    more.addEventListener("click", () => { limit = String(MORE); ask(); });
    yield more;
  }
}

function shown(hit, from) {
  const to = from === "zh" ? "en" : "zh";
  const sides = [from, to].map((side) =>
    make("p", { class: side, lang: side === "zh" ? "zh-CN" : "en" },
      ...marked(hit[side], side === from ? hit.found : hit.rendered)));
  const address = `/record?${new URLSearchParams({ name: hit.document, unit: hit.tuid })}`;
  const about = make("p", { class: "about" },
    ...(hit.kind === "exact" ? [] : [make("b", {}, say("{p} alike", { p: percent(hit.match) }))]),
    make("a", { href: address, title: say("In the record") }, hit.document),
    ...[hit.date, hit.speaker].filter(Boolean).map((text) => make("span", {}, text)),
    ...(hit.confidence === null ? [] :
      [make("span", {}, say("confidence {p}", { p: percent(hit.confidence) }))]),
    ...(hit.tier === "review" ? [make("span", { class: "doubt" }, say("to be reviewed"))] : []),
    ...hit.flags.map((flag) => make("span", { class: "doubt" }, flag)),
    action("Copy the translation", "y", () => copy(hit[to])),
    action("Copy the pair", "Y", () => copy(`${hit.zh}\t${hit.en}`)));
  const item = make("li", { tabindex: "-1" }, make("div", { class: "pair" }, ...sides), about);
  item.desk = { hit, to, address };
  return item;
}

function action(text, key, does) {
  const button = make("button", { type: "button", class: "small" }, say(text), " ", make("kbd", {}, key));
  button.addEventListener("click", does);
  return button;
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
  }
});
form.addEventListener("input", (event) => {
  limit = "";
  if (!event.isComposing) ask(); // half a word in pinyin is no question
});
form.addEventListener("compositionend", ask);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", location.href); // an entry to come back to
  ask();
});
addEventListener("popstate", () => { fill(); ask(); });

if (location.search) fill(); // else what was typed before this script ran stays
if (box.value) ask();
