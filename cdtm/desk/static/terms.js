// The terms of the memory: confirmed, edited, joined or rejected. The server keeps what is decided;
// the page shows what it answers.

import { get, make, onKeys, post, say, tell } from "./common.js";

const AT_ONCE = 200;
const form = document.getElementById("choose");
const rows = document.getElementById("rows");
const count = document.getElementById("count");
let terms = [];
let current = null; // the row
let shownAtMost = AT_ONCE;
const marked = new Set(); // names

const nameOf = (term) => `${term.zh.join("|")}\t${term.en.join("|")}`;
const decided = ({ zh, en, domain, remark }) => ({ zh, en, domain, note: remark });

const STATES = {
  "": () => true,
  open: (term) => term.state === "open",
  rivals: (term) => term.rivals.length > 0 || term.note !== "",
  confirmed: (term) => term.state === "confirmed",
  rejected: (term) => term.state === "rejected",
};

function chosen() {
  const told = new FormData(form);
  const wanted = told.get("q").trim().toLowerCase();
  const isWanted = STATES[told.get("state")];
  return terms.filter((term) => isWanted(term) && (!wanted || nameOf(term).toLowerCase().includes(wanted)));
}

/** Show what is chosen; the row that was current stays, or the one in its place. */
function show() {
  const told = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
  const found = chosen();
  const place = current ? all().indexOf(current) : -1;
  const name = current && nameOf(current.term);
  rows.replaceChildren(...found.slice(0, shownAtMost).map(shown));
  if (found.length > shownAtMost) {
    const more = make("button", { type: "button" }, say("{n} more", { n: found.length - shownAtMost }));
    more.addEventListener("click", () => { shownAtMost = found.length; show(); });
    rows.append(more);
  }
  const list = all();
  current = null;
  if (place >= 0) go(list.find((row) => nameOf(row.term) === name) ?? list[Math.min(place, list.length - 1)]);
  count.textContent = say("{n} of {m} terms, {k} confirmed", {
    n: found.length, m: terms.length, k: terms.filter(STATES.confirmed).length,
  });
}

function side(language, forms) {
  const [first, ...others] = forms;
  const more = others.length ? [make("span", { class: "soft" }, ` · ${others.join(" · ")}`)] : [];
  return make("p", { class: language, lang: language === "zh" ? "zh-CN" : "en" }, make("b", {}, first), ...more);
}

function shown(term) {
  const notes = [];
  if (term.count || term.zh_count) {
    const values = { n: term.count, zh: term.zh_count, en: term.en_count };
    notes.push(make("span", {}, say("together in {n} units, the Chinese in {zh}, the English in {en}", values)));
  }
  if (term.state !== "open") notes.push(make("b", {}, say(term.state)));
  else if (term.status !== "extracted") notes.push(make("span", {}, say(`${term.status === "glossary" ? "built-in" : "imported"} glossary`)));
  notes.push(...[term.domain, term.remark].filter(Boolean).map((text) => make("span", {}, text)));
  const rivals = term.rivals.map(([of, text, n]) => `${of} → ${text} (${n})`).join("; ");
  if (rivals) notes.push(make("span", { class: "doubt" }, say("rivals: {list}", { list: rivals })));
  if (term.note && term.note !== term.remark) notes.push(make("span", { class: "doubt" }, term.note));
  notes.push(make("a", { href: lookUp(term) }, say("look it up")));
  const row = make("article", { class: "row term", tabindex: "-1", "data-state": term.state },
    make("div", { class: "pair" }, side("zh", term.zh), side("en", term.en)),
    make("div", { class: "notes" }, ...notes));
  if (term.example) {
    const [zh, en, symbol, day] = term.example;
    row.append(make("div", { class: "pair soft" }, make("p", { lang: "zh-CN" }, zh), make("p", { lang: "en" }, en)),
      make("div", { class: "notes" }, [symbol, day].filter(Boolean).join(" · ")));
  }
  row.term = term;
  row.classList.toggle("marked", marked.has(nameOf(term)));
  return row;
}

const lookUp = (term) => `/?${new URLSearchParams({ q: term.zh[0] })}`;
const all = () => [...rows.querySelectorAll(".row")];

function go(row) {
  if (!row) return;
  current?.classList.remove("current");
  current = row;
  row.classList.add("current");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const list = all();
  const at = list.indexOf(current);
  go(list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))]);
}

/** Send a decision; show the terms as they stand then. */
async function decide(decision, about, as) {
  if (!about.length) return;
  const told = { decision, terms: about.map(decided), ...(as ? { as } : {}) };
  const answer = await post("/terms/decide", told);
  if (answer.error) {
    tell(say("Not saved: {why}", { why: answer.error }));
    return;
  }
  terms = answer.terms;
  marked.clear();
  const next = decision !== "open" && all()[all().indexOf(current) + 1];
  if (next && about.length === 1) go(next);
  show();
  tell(say("Saved: {what}.", { what: say({ confirm: "confirm", reject: "reject", open: "take back" }[decision]) }));
}

const here = () => (current ? [current.term] : []);
const theMarked = () => terms.filter((term) => marked.has(nameOf(term)));

function mark() {
  if (!current) return;
  const name = nameOf(current.term);
  if (!marked.delete(name)) marked.add(name);
  current.classList.toggle("marked", marked.has(name));
  tell(say("{n} marked", { n: marked.size }));
}

/** The forms of some terms as those of one, the first one's first. */
function joined(about) {
  const forms = (which) => [...new Set(about.flatMap((term) => term[which]))];
  const first = (which) => about.map((term) => term[which]).find(Boolean) ?? "";
  return { zh: forms("zh"), en: forms("en"), domain: first("domain"), note: first("remark") };
}

/** Let a term, or what several become, be written over before it is confirmed. */
function edit(about, term) {
  if (!current || document.getElementById("edit")) return;
  const row = current;
  const field = (name, value, rows) => {
    const made = make(rows ? "textarea" : "input", { name, "aria-label": say(name), placeholder: say(name), rows });
    made.value = value;
    return made;
  };
  const zh = field("Chinese, a form a line", term.zh.join("\n"), 3);
  const en = field("English, a form a line", term.en.join("\n"), 3);
  zh.lang = "zh-CN";
  en.lang = "en";
  const domain = field("Domain", term.domain);
  const note = field("Note", term.note);
  const save = make("button", {}, say("confirm"), " ", make("kbd", {}, "Ctrl+Enter"));
  const drop = make("button", { type: "button" }, say("Drop"), " ", make("kbd", {}, "Esc"));
  const made = make("form", { id: "edit", class: "edit" }, make("div", { class: "pair" }, zh, en),
    make("p", { class: "about" }, domain, note, save, drop));
  const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  const leave = () => { made.remove(); row.focus(); };
  const done = () => decide("confirm", about, { zh: lines(zh.value), en: lines(en.value), domain: domain.value, note: note.value });
  made.addEventListener("submit", (event) => { event.preventDefault(); done(); });
  made.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); done(); }
  });
  drop.addEventListener("click", leave);
  row.append(made);
  zh.focus();
  row.scrollIntoView({ block: row.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
}

function join() {
  const about = theMarked();
  if (about.length < 2) return tell(say("Mark the terms to be joined first."));
  return edit(about, joined(about));
}

let last = Promise.resolve();
/** Let what was pressed before the answer came wait for it. */
const inTurn = (does) => () => { last = last.then(does).catch(console.error); };

const DOES = {
  j: () => step(1), k: () => step(-1), " ": mark, m: join,
  a: () => decide("confirm", here(), current && decided(current.term)),
  x: () => decide("reject", here()),
  u: () => decide("open", here().filter((term) => term.state !== "open")),
  e: () => edit(here(), current && decided(current.term)),
  o: () => current && location.assign(lookUp(current.term)),
  "/": () => document.getElementById("within").select(),
};
for (const key of Object.keys(DOES)) DOES[key] = inTurn(DOES[key]);
onKeys(DOES);
for (const button of document.querySelectorAll("[data-does]")) {
  button.addEventListener("click", () => DOES[button.dataset.does]());
}
rows.addEventListener("click", ({ target }) => {
  const row = target.closest(".row");
  if (row && row !== current && !document.getElementById("edit") && getSelection().isCollapsed) go(row);
});
form.addEventListener("input", (event) => { if (!event.isComposing) show(); });
form.addEventListener("compositionend", show);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("beforeunload", (event) => { if (document.getElementById("edit")) event.preventDefault(); });

for (const [name, value] of new URLSearchParams(location.search)) {
  if (form.elements[name]) form.elements[name].value = value;
}
const answer = await get("/terms/list");
if (answer.error) {
  count.textContent = answer.error;
} else {
  terms = answer.terms;
  show();
}
