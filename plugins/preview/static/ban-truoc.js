// The earlier texts of the file, to look at or to take back.
import { tell } from "./bao-tin.js";
import { keep } from "./chua-luu.js";
import { ask } from "./hoi.js";
import { isSaved, onSaved, save, settle } from "./luu.js";
import { form, path, token } from "./o-nhap.js";

const past = document.getElementById("ban-truoc");

onSaved(({ earlier }) => showEarlier(earlier));

export function showEarlier(kept) {
  past.hidden = !kept.length;
  past.querySelector("ul").replaceChildren(...kept.map(({ name, moment }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/_xem-thu/sua/ban-truoc?${new URLSearchParams({ tep: path, ban: name })}`;
    link.textContent = `Bản ${moment}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--soft";
    button.textContent = "Khôi phục";
    button.setAttribute("aria-label", `Khôi phục bản ${moment}`);
    button.addEventListener("click", () => restore(name));
    item.append(link, " ", button);
    return item;
  }));
}

async function restore(name) {
  try {
    // What is typed becomes an earlier text itself.
    if (!isSaved()) await save();
    await ask("khoi-phuc", token, { path, version: form.dataset.version, earlier: name });
    settle();
    keep(null);
    location.reload();
  } catch (error) {
    tell(error.message);
  }
}

