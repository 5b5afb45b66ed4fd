// Saves what is typed, over the version that was opened and no other.
import { showEarlier } from "./ban-truoc.js";
import { setState, tell } from "./bao-tin.js";
import { keep } from "./chua-luu.js";
import { ask } from "./hoi.js";
import { collect, form, path, token } from "./o-nhap.js";

let saved = JSON.stringify(collect());
let saving = false;

export function isSaved() {
  return JSON.stringify(collect()) === saved;
}

// Takes what is in the boxes for what is in the file.
export function settle() {
  saved = JSON.stringify(collect());
}

export function showState() {
  setState(isSaved() ? "Đã lưu hết" : "Có chữ chưa lưu");
  keep(isSaved() ? null : JSON.stringify(collect()));
}

export async function save() {
  // A key held down would save over the version that is on its way.
  if (saving) return;
  saving = true;
  const typed = collect();
  setState("Đang lưu…");
  try {
    const { version, earlier, warning } = await ask("luu", token, { path, version: form.dataset.version, ...typed });
    form.dataset.version = version;
    showEarlier(earlier);
    saved = JSON.stringify(typed);
    tell("");
    showState();
    if (isSaved()) setState([`Đã lưu lúc ${new Date().toLocaleTimeString("vi-VN")}`, warning].filter(Boolean).join(", "));
  } catch (error) {
    setState("Chưa lưu được");
    tell(error.message);
  } finally {
    saving = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
addEventListener("beforeunload", (event) => {
  if (!isSaved()) event.preventDefault();
});
