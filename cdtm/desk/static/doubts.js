// The doubts about all records, the greatest first. They are looked for while the page is open; it
// shows what is known so far, and the address holds what is chosen.

import { get, make, onKeys, say } from "./common.js";

const AGAIN = 1500; // milliseconds between two looks at what was found meanwhile
const form = document.getElementById("choose");
const list = document.getElementById("places");
const count = document.getElementById("count");
let limit = ""; // as many as the server gives unasked
let asked = 0; // the number of the newest question

const chosen = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

/** Fill a choice anew; what is chosen stays, though nothing of it may be left. */
function fill(select, options) {
  const value = select.value || new URLSearchParams(location.search).get(select.name) || "";
  const there = options.some((one) => one.value === value) || !value;
  const all = there ? options : [...options, { value, text: value }];
  select.replaceChildren(select.options[0], ...all.map((one) => make("option", { value: one.value }, one.text)));
  select.value = value;
}

function place({ record, address, zh, en, reasons }) {
  const side = (text, lang) => make("p", { lang }, text || make("i", {}, say("no translation")));
  const item = make("li", { tabindex: "-1" },
    make("div", { class: "pair" }, side(zh, "zh-CN"), side(en, "en")),
    make("p", { class: "about" }, make("a", { href: address, title: say("In the record") }, record),
      ...reasons.map((why) => make("span", { class: "doubt" }, why))));
  item.address = address;
  return item;
}

async function show() {
  const mine = (asked += 1);
  const told = chosen();
  if (limit) told.set("limit", limit);
  const answer = await get(`/doubts/list?${told}`);
  if (mine !== asked) return;
  if (answer.error) {
    count.textContent = answer.error;
    return;
  }
  const kinds = answer.kinds.map(({ kind, n, reason }) => ({ value: kind, text: `${n} · ${kind === "null-link" ? say("no translation") : reason}` }));
  fill(form.elements.kind, kinds);
  fill(form.elements.of, answer.of.map(({ key, name, n }) => ({ value: key, text: `${name} · ${n}` })));
  const values = { n: answer.total.toLocaleString(), k: answer.examined.toLocaleString(), m: answer.records.toLocaleString() };
  const whole = answer.examined === answer.records;
  count.textContent = say(whole ? "{n} doubts, the greatest first" : "{n} doubts so far: {k} of {m} records were examined", values);
  document.getElementById("problems").replaceChildren(
    ...answer.problems.map(({ record, reason }) => make("p", { class: "error" }, `${record}: ${reason}`)));
  const current = list.querySelector(":scope > :focus")?.address;
  list.replaceChildren(...answer.places.map(place));
  [...list.children].find((one) => one.address === current)?.focus({ preventScroll: true });
  document.getElementById("more")?.remove();
  if (answer.total > answer.places.length) {
    const more = make("button", { type: "button", id: "more" }, say("{n} more", { n: answer.total - answer.places.length }));
    more.addEventListener("click", () => { limit = String(answer.total); show(); });
    list.after(more);
  }
  document.getElementById("begin").disabled = !answer.total;
  if (!whole) setTimeout(() => { if (mine === asked) show(); }, AGAIN);
}

function step(by) {
  const all = [...list.children];
  const at = all.indexOf(document.activeElement.closest?.("#places > li"));
  all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]?.focus();
}

const begin = () => location.assign(`/doubts/next?${chosen()}`);
const open = () => {
  const item = document.activeElement.closest?.("#places > li");
  if (item) location.assign(item.address);
};

onKeys({ j: () => step(1), k: () => step(-1), o: open, N: begin });
list.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("li")) open();
});
document.getElementById("begin").addEventListener("click", begin);
form.addEventListener("change", () => {
  const told = chosen();
  history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
  limit = "";
  show();
});
form.addEventListener("submit", (event) => event.preventDefault());

fill(form.elements.kind, []);
fill(form.elements.of, []);
show();
