// Unsaved text of a file that is gone, to be saved as a new story.
import { ask, formAddress } from "./hoi.js";
import { describeChange } from "./khac-nhau.js";
import { get, listIds, nameStore, remove, whenLeft } from "./kho-chu.js";
import { describe } from "./so-tay.js";

const section = document.getElementById("con-lai");
const { path, token } = section.dataset;
const message = section.querySelector('[role="alert"]');

for (const name of [nameStore(path, false), nameStore(path, true)]) {
  for (const id of listIds(name)) whenLeft(id, () => offer(name, id));
}

function offer(name, id) {
  const left = get(name, id);
  if (!left) return;
  const typed = JSON.parse(left.text);
  const words = describeChange({ body: typed.body, values: typed.values }, { body: "" });
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--soft";
  button.textContent = "Lưu thành bài mới";
  button.setAttribute("aria-label", `Lưu thành bài mới ${words}`);
  button.addEventListener("click", async () => {
    try {
      const made = await ask("cuu", token, { path, ...typed });
      remove(name, id);
      location.href = formAddress(made.path);
    } catch (error) {
      message.replaceChildren(...describe(error));
      message.hidden = false;
    }
  });
  item.append(`${words} `, button);
  section.querySelector("ul").append(item);
  section.hidden = false;
}
