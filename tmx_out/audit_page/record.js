// One record side by side: filters, pages of rows, moving about.

const ROWS_AT_ONCE = 200;
const PRINTED_AT_MOST = 5000;
const view = { place: null, beads: [], shown: [], page: 0, current: null, mark: () => {} };

/** Confidence in per cent to the step it is shaded by; the same steps as in the strips. */
const shadeOf = (percent) => [95, 90, 80, 50, 0].findIndex((least) => percent >= least);

/** Name a bead as people count; the second half of one that was split has the name of the first. */
const nameOf = (number) => (number >= 1 << 19 ? `${number - (1 << 19)} b` : String(number));

/** Turn the packed rows into beads, each with its doubt if it stands in one. */
function beadsOf(data) {
  const beads = data.beads.map(([number, z0, z1, e0, e1, percent, flags, speaker, page, status, zh, en]) => ({
    number, zh: [z0, z1], en: [e0, e1], percent, shade: shadeOf(percent), status, page,
    flags: flags.map((at) => index.flags[at]),
    speaker: data.speakers[speaker], zhText: zh, enText: en, isNull: !(zh && en), doubt: null,
  }));
  const places = new Map(beads.map((bead, at) => [bead.number, at]));
  for (const [first, last, reasons] of data.doubts) {
    const end = places.get(last) ?? places.get(first);
    for (let at = places.get(first); at <= end; at += 1) {
      beads[at].doubt = { first, last, reasons };
    }
  }
  return beads;
}

async function openRecord(place, number) {
  if (!(place in index.names)) return;
  if (place !== view.place) {
    view.place = place;
    let data;
    try {
      data = await unpack(place);
    } catch (error) {
      const told = typeof DecompressionStream === "undefined"
        ? "This browser is too old to open records: use one from 2023 or later."
        : `This record cannot be unpacked, so the file may be damaged: write it anew. (${error})`;
      byId("record-none").textContent = told;
      byId("record-none").hidden = false;
      byId("record-open").hidden = true;
      view.place = null;
      return byId("record").scrollIntoView();
    }
    if (view.place !== place) return; // another one was opened meanwhile
    showRecord(place, beadsOf(data));
  }
  const bead = number === null ? null : view.beads.find((one) => one.number === number);
  if (bead) return goTo(bead);
  byId("record-h").focus({ preventScroll: true });
  byId("record").scrollIntoView();
}

function showRecord(place, beads) {
  Object.assign(view, { beads, current: null });
  byId("record-none").hidden = true;
  byId("record-open").hidden = false;
  byId("record-h").textContent = `Side by side: ${index.names[place]}`;
  byId("record-facts").textContent = `From ${index.files[place].join(" and ")}.`;
  view.mark = drawMap(place, beads, goTo);
  clearFilters();
}

// ---- filters -------------------------------------------------------------------------------

const WHICH = {
  all: () => true,
  doubtful: (bead) => bead.doubt !== null,
  flagged: (bead) => bead.flags.length > 0,
  null: (bead) => bead.isNull,
  decided: (bead) => bead.status !== "",
};

function applyFilters() {
  const which = WHICH[byId("f-which").value];
  const below = byId("f-below").value === "" ? 101 : Number(byId("f-below").value);
  const wanted = byId("f-text").value.trim().toLowerCase();
  view.shown = view.beads.filter((bead) =>
    which(bead) && (below > 100 || (!bead.isNull && bead.percent < below)) &&
    (!wanted || `${bead.zhText}\n${bead.enText}\n${bead.speaker}`.toLowerCase().includes(wanted)));
  view.page = 0;
  showPage();
}

function clearFilters() {
  byId("filters").reset();
  applyFilters();
}

let waiting = 0;
byId("filters").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(applyFilters, 150);
});
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("f-clear").addEventListener("click", clearFilters);

function focusSearch() {
  if (view.place === null) return;
  byId("f-text").focus();
  byId("f-text").select();
}

// ---- rows ----------------------------------------------------------------------------------

/** Give a text with what is searched for marked. */
function marked(text, wanted) {
  const pieces = [];
  const small = text.toLowerCase();
  let start = 0;
  // A letter whose small form is longer would shift the places: then nothing is marked.
  for (let at = wanted && small.length === text.length ? small.indexOf(wanted) : -1; at >= 0; at = small.indexOf(wanted, start)) {
    pieces.push(text.slice(start, at), make("mark", {}, text.slice(at, at + wanted.length)));
    start = at + wanted.length;
  }
  return [...pieces, text.slice(start)];
}

function textCell(bead, language, head, wanted) {
  const text = bead[`${language}Text`];
  const cell = make("td", { "data-label": head });
  if (text) cell.append(make("span", { lang: language, class: language }, ...marked(text, wanted)));
  else cell.append(make("span", { class: "none" }, "nothing"));
  return cell;
}

/** Say why a bead should be looked at: its doubt, then its flags in words. */
function reasonsOf(bead) {
  const told = [];
  if (bead.doubt !== null) {
    const { first, last, reasons } = bead.doubt;
    if (first !== last) told.push(`Part of a doubtful stretch, beads ${first} to ${last}.`);
    if (bead.number === first) told.push(...reasons);
  }
  for (const [code, reason] of bead.flags) if (!told.includes(reason)) told.push(`${reason} (${code})`);
  if (bead.isNull && bead.doubt === null) told.push("No translation was found for it.");
  if (bead.status) told.unshift(`Decided by a reviewer: ${bead.status}.`);
  return told;
}

/** Say of which sentences a bead is made, and on which page it stands. */
function whereOf(bead) {
  const sides = ["zh", "en"].filter((side) => bead[side][0] !== bead[side][1]);
  const told = sides.map((side) => `${side} ${span(bead[side])}`);
  return [...told, ...(bead.page ? [`page ${bead.page}`] : [])].join(", ");
}

/** Make a bead's row; its speaker is told where he is not that of the row before. */
function rowOf(bead, before, wanted) {
  const shade = bead.isNull ? "gap" : `c${bead.shade}`;
  const row = make("tr", { id: `b${bead.number}`, class: `${shade} ${bead.status}`.trim(), tabindex: "-1" });
  row.append(make("th", { scope: "row" }, nameOf(bead.number), make("span", { class: "where" }, whereOf(bead))));
  row.append(textCell(bead, "zh", "Chinese", wanted), textCell(bead, "en", "English", wanted));
  const about = make("td", { "data-label": "Confidence" }, bead.isNull ? "null link" : `${bead.percent} %`);
  if (bead.speaker && bead.speaker !== before?.speaker) about.append(make("div", { class: "speaker" }, ...marked(bead.speaker, wanted)));
  const reasons = reasonsOf(bead);
  if (reasons.length) {
    about.append(make("ul", { class: "reasons" }, ...reasons.map((reason) => make("li", {}, reason))));
  }
  row.append(about);
  return row;
}

function showPage() {
  const { shown, page } = view;
  const wanted = byId("f-text").value.trim().toLowerCase();
  const rows = shown.slice(page * ROWS_AT_ONCE, (page + 1) * ROWS_AT_ONCE);
  byId("bitext").tBodies[0].replaceChildren(...rows.map((bead, at) => rowOf(bead, rows[at - 1], wanted)));
  byId("count").textContent = `${grouped(shown.length)} of ${counted(view.beads.length, "bead", "beads")}`;
  for (const id of ["pages-top", "pages-bottom"]) byId(id).replaceChildren(...pageButtons());
}

function pageButtons() {
  const pages = Math.ceil(view.shown.length / ROWS_AT_ONCE);
  if (pages < 2) return [];
  const button = (name, page) => {
    const made = make("button", { type: "button" }, name);
    made.disabled = page < 0 || page >= pages;
    made.addEventListener("click", () => {
      view.page = page;
      showPage();
      byId("count").scrollIntoView();
    });
    return made;
  };
  const told = make("span", {}, `Page ${view.page + 1} of ${pages}`);
  return [button("Previous page", view.page - 1), told, button("Next page", view.page + 1)];
}

// ---- moving --------------------------------------------------------------------------------

/** Show a bead, on whatever page it stands, and put the focus on it. */
function goTo(bead) {
  let at = view.shown.indexOf(bead);
  if (at < 0) {
    clearFilters();
    at = view.shown.indexOf(bead);
  }
  const page = Math.floor(at / ROWS_AT_ONCE);
  if (page !== view.page) {
    view.page = page;
    showPage();
  }
  view.current = bead;
  view.mark(bead);
  document.querySelector("tr.current")?.classList.remove("current");
  const row = byId(`b${bead.number}`);
  row.classList.add("current");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

function step(by) {
  if (view.place === null) return openRecord(0, null);
  const at = view.shown.indexOf(view.current);
  const next = view.shown[at < 0 ? (view.page * ROWS_AT_ONCE) : at + by];
  if (next) goTo(next);
}

/** Go to the next place to look at, in the next record that has one if need be. */
async function stepDoubt(by) {
  const places = view.beads.filter((bead) => bead.doubt !== null && bead.doubt.first === bead.number);
  const here = view.beads.indexOf(view.current);
  const order = by > 0 ? places : places.reverse();
  const next = order.find((bead) => here < 0 || (view.beads.indexOf(bead) - here) * by > 0);
  if (view.place !== null && next) return goTo(next);
  const from = view.place ?? (by > 0 ? -1 : index.names.length);
  for (let place = from + by; place in index.names; place += by) {
    if (!index.doubts[place]) continue;
    await openRecord(place, null);
    if (view.place === place) await stepDoubt(by);
    return;
  }
  byId("count").textContent = "There is no other place to look at.";
}

// On paper there are no pages to turn: all rows that the filters leave are printed.
addEventListener("beforeprint", () => {
  if (view.place === null || view.shown.length > PRINTED_AT_MOST) return;
  const wanted = byId("f-text").value.trim().toLowerCase();
  byId("bitext").tBodies[0].replaceChildren(...view.shown.map((bead, at) => rowOf(bead, view.shown[at - 1], wanted)));
});
addEventListener("afterprint", () => {
  if (view.place !== null) showPage();
});
