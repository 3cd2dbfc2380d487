// What a correction would do, shown before it is done: the rows as they would be, and their worth.

import { make, say } from "./common.js";

let pending = null;

const key = (told) => JSON.stringify(told);

/** Whether exactly this is shown and waits to be done. */
export const isPending = (told) => pending?.key === key(told);

/** Take away what is shown. */
export function forget() {
  pending?.box.remove();
  pending = null;
}

/** Give what a preview says, as elements. */
export function render({ before, after }) {
  const was = before.map((row) => row.confidence ?? "—").join(", ");
  const lines = after.map((row) => make("div", { class: "new" },
    make("div", { class: "pair" },
      make("p", { lang: "zh-CN" }, row.zh || make("i", {}, say("no translation"))),
      make("p", { lang: "en" }, row.en || make("i", {}, say("no translation")))),
    make("div", { class: "notes" },
      make("b", {}, row.confidence ?? "—"),
      ...(row.reasons.length ? row.reasons.map((one) => make("span", { class: "doubt" }, one))
        : [make("span", {}, row.confidence ? say("nothing speaks against it") : "")]))));
  return [make("p", {}, say("It would be like this; the confidence was {was}.", { was })), ...lines];
}

/**
 * Show what would be done beside a row.
 * @param {Element} row
 * @param {object} told that would be sent
 * @param {{before: object[], after: object[]}} answer of the server
 * @param {function(): void} does it
 */
export function propose(row, told, answer, does) {
  forget();
  const yes = make("button", { type: "button" }, say("Do it"), " ", make("kbd", {}, "Enter"));
  const no = make("button", { type: "button" }, say("Drop"), " ", make("kbd", {}, "Esc"));
  const box = make("div", { id: "preview", role: "status" }, ...render(answer), make("p", {}, yes, " ", no));
  yes.addEventListener("click", does);
  no.addEventListener("click", () => { forget(); row.focus(); });
  row.after(box);
  pending = { key: key(told), box, does };
  box.scrollIntoView({ block: "nearest" });
}

/** Do what is shown, if anything is. */
export const confirm = () => pending?.does();
