// The form of a story: tries what is typed and shows what is wrong and what the page looks like, saves it, takes photos.
// Whatever is not saved yet is kept in this browser too, until it is.
import "./markdown-toolbar.js";
import { ask } from "./hoi.js";

const form = document.getElementById("bieu-mau");
const body = document.getElementById("than-bai");
const state = document.getElementById("trang-thai");
const message = document.getElementById("bao-tin");
const frame = document.getElementById("ban-xem");
const { path, token } = form.dataset;
const isWhole = "whole" in form.dataset;
// The parts of a story are no whole file: neither may be put where the other was.
const backup = `sua ${path}${isWhole ? " cả tệp" : ""}`;
let saved;
let saving = false;
let tries = 0;
let timer;

// What is typed

function readRow(row, lacking) {
  const parts = [...row.querySelectorAll("[data-part]")].map((part) => part.value.trim());
  // A bar inside a part would begin the next one.
  if (parts.length > 1) parts.forEach((part, at) => { parts[at] = part.replaceAll("|", "/"); });
  if (lacking === "first") while (parts.length > 1 && !parts[0]) parts.shift();
  else while (parts.length > 1 && !parts.at(-1)) parts.pop();
  return parts.join(" | ");
}

function collect() {
  if (isWhole) return { body: body.value };
  const values = {};
  for (const field of form.querySelectorAll("[data-key]")) {
    const rows = [...field.querySelectorAll("[data-row]")];
    values[field.dataset.key] = rows.map((row) => readRow(row, field.dataset.lacking)).filter(Boolean);
  }
  const confirmed = [...form.querySelectorAll("[data-confirm]:checked")].map((box) => box.dataset.confirm);
  return { body: body.value, values, confirmed };
}

function fill({ body: text, values = {} }) {
  body.value = text;
  for (const field of form.querySelectorAll("[data-key]")) {
    const lines = values[field.dataset.key] ?? [];
    const template = field.querySelector("template");
    if (template) {
      field.querySelector(".rows").replaceChildren();
      for (const line of lines.length ? lines : [""]) addRow(field, line.split(" | "));
    } else {
      setPart(field.querySelector("[data-part]"), lines[0] ?? "");
    }
  }
}

function setPart(part, value) {
  if (part.tagName === "SELECT" && ![...part.options].some((option) => option.value === value)) {
    part.add(new Option(value, value));
  }
  part.value = value;
}

// Rows

let made = 0;

function addRow(field, values = []) {
  const row = field.querySelector("template").content.cloneNode(true).querySelector("[data-row]");
  made += 1;
  for (const element of row.querySelectorAll("[id], [for]")) {
    for (const name of ["id", "for"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, `${element.getAttribute(name)}-${made}`);
    }
  }
  const parts = [...row.querySelectorAll("[data-part]")];
  if (field.dataset.lacking === "first") while (values.length < parts.length) values.unshift("");
  parts.forEach((part, at) => { setPart(part, values[at] ?? ""); });
  field.querySelector(".rows").append(row);
  return row;
}

form.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add]");
  if (add) addRow(add.closest("[data-key]")).querySelector("[data-part]").focus();
  const remove = event.target.closest("[data-remove]");
  if (remove) {
    const field = remove.closest("[data-key]");
    remove.closest("[data-row]").remove();
    if (!field.querySelector("[data-row]")) addRow(field);
    field.querySelector("[data-add]").focus();
    change();
  }
});

// Saying

// What saving has said stays, whatever trying says after it.
function tell(text, of = "save") {
  if (!text && message.dataset.of !== of) return;
  message.textContent = text;
  message.hidden = !text;
  message.dataset.of = of;
}

function setState(text) {
  if (state.textContent !== text) state.textContent = text;
}

// Trying

function change() {
  const now = JSON.stringify(collect());
  const isChanged = now !== saved;
  setState(isChanged ? "Có chữ chưa lưu" : "Đã lưu hết");
  keep(isChanged ? now : null);
  clearTimeout(timer);
  timer = setTimeout(tryOut, 120);
}

function keep(text) {
  try {
    if (text === null) localStorage.removeItem(backup);
    else localStorage.setItem(backup, text);
  } catch {
    // A full or forbidden store costs the second copy alone.
  }
}

function recall() {
  try {
    return localStorage.getItem(backup);
  } catch {
    return null;
  }
}

async function tryOut() {
  if (!("story" in form.dataset)) return;
  tries += 1;
  const mine = tries;
  try {
    const { problems, page } = await ask("thu", token, { path, ...collect() });
    if (mine !== tries) return;
    tell("", "try");
    showProblems(problems);
    showPage(page);
  } catch (error) {
    if (mine === tries && message.hidden) tell(error.message, "try");
  }
}

function showProblems(problems) {
  const places = new Map([...document.querySelectorAll("[data-problem]")].map((place) => [place.dataset.problem, place]));
  for (const [attribute, place] of places) {
    place.replaceChildren();
    for (const control of place.closest("[data-key]")?.querySelectorAll("[data-part]") ?? []) {
      control.removeAttribute("aria-invalid");
    }
    if (attribute === "body") body.removeAttribute("aria-invalid");
  }
  for (const { attribute, level, line, message: what, fix, path: file } of problems) {
    const place = places.get(attribute) ?? places.get("");
    const item = document.createElement(place.tagName === "UL" ? "li" : "span");
    item.className = `problem problem--${level}`;
    const where = attribute === "body" ? `Dòng ${line}: ` : isWhole ? `Dòng ${line}: ` : file === path ? "" : `${file.split("/").at(-1)}: `;
    item.textContent = `${where}${what}; ${fix}`;
    place.append(item);
    if (level !== "error") continue;
    const control = attribute === "body" ? body : place.closest("[data-key]")?.querySelector("[data-part]");
    control?.setAttribute("aria-invalid", "true");
    const folded = place.closest("details");
    if (folded) folded.open = true;
  }
}

function showPage(page) {
  document.getElementById("chua-co-trang").hidden = Boolean(page);
  if (!page) return;
  const shown = frame.contentDocument;
  const fresh = new DOMParser().parseFromString(page, "text/html");
  // Only what is new, so that the reader's place is kept; or all of it when a link has led away.
  if (frame.srcdoc && shown?.URL === "about:srcdoc" && shown.querySelector("main")) {
    shown.querySelector("main").replaceWith(shown.adoptNode(fresh.querySelector("main")));
  } else {
    frame.srcdoc = page;
  }
}

// Saving

async function save() {
  // A key held down would save over the version that is on its way.
  if (saving) return;
  saving = true;
  const typed = collect();
  setState("Đang lưu…");
  try {
    const { version, earlier } = await ask("luu", token, { path, version: form.dataset.version, ...typed });
    form.dataset.version = version;
    showEarlier(earlier);
    saved = JSON.stringify(typed);
    tell("");
    change();
    if (JSON.stringify(collect()) === saved) setState(`Đã lưu lúc ${new Date().toLocaleTimeString("vi-VN")}`);
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
form.addEventListener("input", change);
addEventListener("beforeunload", (event) => {
  if (JSON.stringify(collect()) !== saved) event.preventDefault();
});
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "s") {
    event.preventDefault();
    save();
  }
  const tool = { b: "md-bold", i: "md-italic" }[key];
  if (tool && event.target === body && !isWhole) {
    event.preventDefault();
    form.querySelector(tool).click();
  }
});
// Enter in a line of the form is no wish to save.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
});

// Earlier texts, and what was not saved the last time

const past = document.getElementById("ban-truoc");

function showEarlier(kept) {
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
    if (JSON.stringify(collect()) !== saved) await save();
    await ask("khoi-phuc", token, { path, version: form.dataset.version, earlier: name });
    saved = JSON.stringify(collect());
    keep(null);
    location.reload();
  } catch (error) {
    tell(error.message);
  }
}

const unsaved = document.getElementById("chua-luu");
const left = recall();
document.getElementById("lay-lai").addEventListener("click", () => {
  fill(JSON.parse(left));
  unsaved.hidden = true;
  change();
});
document.getElementById("bo-di").addEventListener("click", () => {
  keep(null);
  unsaved.hidden = true;
});

// Photos

const album = document.getElementById("hoi-anh");
const alt = document.getElementById("hoi-anh-mo-ta");
const caption = document.getElementById("hoi-anh-chu-thich");
const waiting = [];
// Where photos go in the text: a browser forgets the place when the dialog closes.
let caret = 0;

function single(attribute) {
  return form.querySelector(`[data-key="${attribute}"] [data-part]`);
}

function askNext() {
  if (album.open || !waiting.length) return;
  const [photo] = waiting;
  const picture = document.getElementById("hoi-anh-hinh");
  picture.hidden = true;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    picture.onload = () => { picture.hidden = false; };
    picture.src = reader.result;
  });
  reader.readAsDataURL(photo);
  document.getElementById("hoi-anh-ten").textContent = `Ảnh mới: ${photo.name}`;
  album.querySelector(`[name="cho"][value="${single("photo").value ? "gallery" : "photo"}"]`).checked = true;
  alt.value = caption.value = "";
  album.returnValue = "";
  album.showModal();
  alt.focus();
}

function place(name, use) {
  const words = alt.value.trim().replace(/\s+/g, " ");
  const line = caption.value.trim().replace(/\s+/g, " ");
  document.getElementById("photo").append(new Option(name, name));
  if (use === "photo") {
    single("photo").value = name;
    single("photo_alt").value = words;
    single("photo_caption").value = line;
  } else if (use === "gallery") {
    const field = form.querySelector('[data-key="gallery"]');
    const blank = [...field.querySelectorAll("[data-row]")].find((row) => !readRow(row));
    blank?.remove();
    addRow(field, [name, words, line]);
  } else {
    const title = line ? ` "${line.replaceAll('"', "”")}"` : "";
    const written = `![${words.replaceAll("[", "(").replaceAll("]", ")")}](${name}${title})`;
    const before = body.value.slice(0, caret).replace(/\n+$/, "");
    const after = body.value.slice(caret).replace(/^\n+/, "");
    const toHere = [before, written].filter(Boolean).join("\n\n");
    body.value = [toHere, after].filter(Boolean).join("\n\n");
    caret = toHere.length;
    body.setSelectionRange(caret, caret);
  }
  change();
}

album?.addEventListener("close", async () => {
  const photo = waiting.shift();
  if (photo && album.returnValue === "ok") {
    const use = album.querySelector('[name="cho"]:checked').value;
    setState(`Đang chép ${photo.name}…`);
    try {
      const { name } = await ask("anh", token, photo, { tep: path, ten: photo.name });
      place(name, use);
    } catch (error) {
      tell(`${photo.name}: ${error.message}`);
      change();
    }
  }
  askNext();
});

function take(files) {
  caret = body.selectionEnd;
  waiting.push(...files);
  askNext();
}

const drop = document.getElementById("tha-anh");
drop?.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  if (drop) take(event.dataTransfer.files);
});
document.getElementById("chon-anh")?.addEventListener("change", (event) => {
  take(event.target.files);
  event.target.value = "";
});

// Whoever has not chosen a place yet adds to the end.
body.setSelectionRange(body.value.length, body.value.length);
showEarlier(JSON.parse(past.dataset.earlier));
saved = JSON.stringify(collect());
if (left && left !== saved) unsaved.hidden = false;
tryOut();
