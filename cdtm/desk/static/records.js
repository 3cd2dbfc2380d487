// The list of records, how many doubts each has, and the sample by which the memory is judged.

import { get, make, post, tell } from "./common.js";

const AGAIN = 1500; // milliseconds between two looks at what was found meanwhile

document.getElementById("draw")?.addEventListener("click", async () => {
  const answer = await post("/sample", {});
  if (answer.error) tell(answer.error);
  else location.assign(answer.go);
});

async function count() {
  const answer = await get("/doubts/list?limit=0");
  if (answer.error) return;
  const of = new Map(answer.of.map(({ key, n }) => [key, n]));
  for (const cell of document.querySelectorAll("[data-doubts-of]")) {
    const n = of.get(cell.dataset.doubtsOf);
    const address = `/doubts?${new URLSearchParams({ of: cell.dataset.doubtsOf })}`;
    if (n === undefined) cell.textContent = "…";
    else cell.replaceChildren(n ? make("a", { href: address }, String(n)) : "0");
  }
  if (answer.examined < answer.records) setTimeout(count, AGAIN);
}

if (document.querySelector("[data-doubts-of]")) count();
