// What every page of the desk shares: its words, its keys, what it says.

const words = JSON.parse(document.getElementById("words").textContent);

/** Give a text of the pages in the language of this one, {names} filled in. */
export function say(text, values = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Tell something in passing, to eyes and to screen readers. */
export function tell(text) {
  const place = document.getElementById("say");
  place.textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, 6000);
}

/** Make an element: attributes, then children; a string is a text, never markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Give a text's parts, those at [start, end) places marked. Places count code points. */
export function marked(text, places) {
  const signs = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [start, end] of [...places].sort((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    parts.push(signs.slice(at, start).join(""));
    parts.push(make("mark", {}, signs.slice(start, end).join("")));
    at = end;
  }
  parts.push(signs.slice(at).join(""));
  return parts;
}

/** Put a text on the clipboard. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(say("Copied: {text}", { text: text.length > 80 ? `${text.slice(0, 80)}…` : text }));
  } catch {
    tell(say("The browser does not let a page copy: select the text and press Ctrl+C."));
  }
}

const token = document.querySelector("meta[name=cdtm-token]").content;

/** Ask the server; what comes back is its answer, or {error} that says why there is none. */
async function answered(address, how) {
  try {
    const response = await fetch(address, how);
    const text = await response.text();
    return response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : { error: text };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { error: say("cdtm does not answer: it was ended, or another version runs. Start it and reload.") };
  }
}

/** Ask for something; an AbortSignal says when nobody waits for it any more. */
export const get = (address, signal) => answered(address, { signal });

/** Send something to be written. */
export const post = (address, told) => answered(address, {
  method: "POST",
  headers: { "content-type": "application/json", "x-cdtm-token": token },
  body: JSON.stringify(told),
});

const isTyping = (target) =>
  target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);

/**
 * Let letters do things: never in a text field, nor while an input method composes, nor with
 * Ctrl, Alt or Meta, which are the browser's.
 * @param {Object<string, function(KeyboardEvent): void>} actions by KeyboardEvent.key
 */
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || isTyping(event.target)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action(event);
    }
  });
}

const keys = document.getElementById("keys");
document.getElementById("show-keys").addEventListener("click", () => keys.showModal());
onKeys({ "?": () => keys.showModal() });

document.getElementById("language").addEventListener("click", ({ currentTarget }) => {
  const address = new URL(location.href);
  address.searchParams.set("lang", currentTarget.value);
  location.assign(address);
});
// The choice is kept in a cookie: the address stays one that can be shared.
if (new URLSearchParams(location.search).has("lang")) {
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  history.replaceState(null, "", address);
}
