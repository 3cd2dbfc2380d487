// The list of records, and the sample by which the memory is judged.

import { post, tell } from "./common.js";

document.getElementById("draw")?.addEventListener("click", async () => {
  const answer = await post("/sample", {});
  if (answer.error) tell(answer.error);
  else location.assign(answer.go);
});
