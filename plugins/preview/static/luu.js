// Saves the typed text over the version that was opened, and no other.
import { setState, tell } from "./bao-tin.js";
import { keep } from "./chua-luu.js";
import { ask, formAddress } from "./hoi.js";
import { collect, form, path, token } from "./o-nhap.js";

const CONFLICT = 409;
const MISSING = 404;
const listeners = [];
let saved = JSON.stringify(collect());
let saving = false;
let isOwed = false;
let isLeaving = false;

export function isSaved() {
  return JSON.stringify(collect()) === saved;
}

// Marks the text of the boxes as saved.
export function settle() {
  saved = JSON.stringify(collect());
}

// Registers a function that gets the response to each save.
export function onSaved(listener) {
  listeners.push(listener);
}

export function showState() {
  if (isSaved()) setState("Đã lưu hết", { isCalm: true });
  else setState("Có chữ chưa lưu");
  keep(isSaved() ? null : JSON.stringify(collect()));
}

export async function save() {
  // A key held down would save while another save is running.
  if (saving) return;
  saving = true;
  isOwed = false;
  const typed = collect();
  setState("Đang lưu…");
  try {
    const said = await ask("luu", token, { path, version: form.dataset.version, ...typed });
    form.dataset.version = said.version;
    saved = JSON.stringify(typed);
    tell("");
    tell("", { of: "missing" });
    showState();
    const time = `Đã lưu lúc ${new Date().toLocaleTimeString("vi-VN")}`;
    if (isSaved()) setState([time, said.warning].filter(Boolean).join(", "), { isCalm: !said.warning });
    listeners.forEach((listener) => listener(said));
  } catch (error) {
    setState("Chưa lưu được");
    // Saved when the connection is back, which has a line of its own in the bar.
    isOwed = Boolean(error.lost);
    if (error.status === MISSING) tellMissing(error);
    else if (error.status === CONFLICT) tell(error.message, { actions: [{ text: "Mở lại trang", act: reload }], from: error });
    else tell(error.lost ? "" : error.message, { from: error });
  } finally {
    saving = false;
  }
}

// Shows that the file is gone, with a way to save the text.
export function tellMissing(failure) {
  const actions = "story" in form.dataset ? [{ text: "Lưu thành bài mới", act: saveAsNew }] : [];
  tell(failure.message, { of: "missing", actions, from: failure });
}

async function saveAsNew() {
  const guesses = [...form.querySelectorAll("[data-confirm]:not(:checked)")].map((box) => [box.dataset.confirm, box.dataset.guess]);
  try {
    const made = await ask("cuu", token, { path, ...collect(), guesses: Object.fromEntries(guesses) });
    settle();
    keep(null);
    location.href = formAddress(made.path);
  } catch (error) {
    tell(error.message, { of: "missing", actions: [{ text: "Lưu thành bài mới", act: saveAsNew }], from: error });
  }
}

// Unsaved text is stored, and offered when the page is opened again.
function reload() {
  isLeaving = keep(isSaved() ? null : JSON.stringify(collect()));
  location.reload();
}

addEventListener("co-lien-lac", () => {
  if (isOwed) save();
  else setState(`Đã có lại liên lạc${isSaved() ? "" : "; có chữ chưa lưu"}`);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
addEventListener("beforeunload", (event) => {
  if (!isSaved() && !isLeaving) event.preventDefault();
});
