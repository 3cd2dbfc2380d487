// The list of records, and the sample by which the memory is judged.

import { tell } from "./common.js";

document.getElementById("draw")?.addEventListener("click", async () => {
  const token = document.querySelector("meta[name=cdtm-token]").content;
  const headers = { "content-type": "application/json", "x-cdtm-token": token };
  const answer = await (await fetch("/sample", { method: "POST", headers, body: "{}" })).json();
  if (answer.error) tell(answer.error);
  else location.assign(answer.go);
});
