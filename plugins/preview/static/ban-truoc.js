// The earlier texts of the file, each with a summary of the next change, to look at or restore.
import { tell } from "./bao-tin.js";
import { keep } from "./chua-luu.js";
import { ask } from "./hoi.js";
import { isSaved, onSaved, save, settle } from "./luu.js";
import { form, path, token } from "./o-nhap.js";

const past = document.getElementById("ban-truoc");

onSaved(({ earlier }) => showEarlier(earlier));

export function showEarlier(kept) {
  past.hidden = !kept.length;
  past.querySelector("ul").replaceChildren(...kept.map(item));
}

function item({ name, moment, what, to, unsaved, more = [] }) {
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.href = `/_xem-thu/sua/ban-truoc?${new URLSearchParams({ tep: path, ban: name, den: to })}`;
  link.textContent = `Bản ${moment}`;
  // Unsaved text stays.
  link.target = "_blank";
  const difference = document.createElement("span");
  difference.className = "soft";
  difference.textContent = unsaved ? ` Gõ mà chưa lưu được; bản hiện nay khác nó: ${what}. ` : ` Sau đó đổi: ${what}. `;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--soft";
  button.textContent = "Khôi phục";
  button.setAttribute("aria-label", `Khôi phục bản ${moment}`);
  button.addEventListener("click", () => restore(name, button));
  made.append(link, difference, button);
  if (more.length) {
    const others = document.createElement("details");
    const title = document.createElement("summary");
    const list = document.createElement("ul");
    title.textContent = `${more.length} lần lưu nữa trong phút ấy`;
    list.className = "earlier";
    list.append(...more.map(item));
    others.append(title, list);
    made.append(others);
  }
  return made;
}

async function restore(name, button) {
  try {
    tell("", { of: "restore", beside: button });
    // The present text becomes an earlier one.
    if (!isSaved()) await save();
    // Saving has shown the reason itself.
    if (!isSaved()) return;
    await ask("khoi-phuc", token, { path, version: form.dataset.version, earlier: name });
    settle();
    keep(null);
    location.reload();
  } catch (error) {
    tell(error.message, { of: "restore", beside: button, from: error });
  }
}
