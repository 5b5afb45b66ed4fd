// Keeps unsaved text in this browser, and offers the unsaved texts that other pages have left, each by itself.
import { makeButton, tell } from "./bao-tin.js";
import { get, hold, idOf, listIds, makeId, nameStore, put, remove, whenLeft } from "./kho-chu.js";
import { describeChange } from "./khac-nhau.js";
import { announce, body, fill, isWhole, path } from "./o-nhap.js";

const FULL = "Trình duyệt không cất thêm được chữ chưa lưu; bấm Lưu ngay để khỏi mất khi trang đóng.";
const name = nameStore(path, isWhole);
const otherName = nameStore(path, !isWhole);
const own = makeId();
const unsaved = document.getElementById("chua-luu");
const list = unsaved.querySelector("ul");
const watched = new Set([own]);
let inFile = "";
// The unsaved text of this page; null if all is saved.
let typed = null;

hold(own);

// Stores the unsaved text, null for none. Returns whether the browser has stored it.
export function keep(text) {
  typed = text;
  if (text === null) {
    remove(name, own);
    tell("", { of: "keep" });
    return true;
  }
  const isKept = put(name, own, text);
  tell(isKept ? "" : FULL, { of: "keep" });
  return isKept;
}

// Offers texts left that differ from the file; those of another tab as soon as it is closed.
export function offerLeft(saved) {
  inFile = saved;
  listIds(name).forEach(watch);
  listIds(otherName).forEach((id) => whenLeft(id, () => offerToRead(id)));
  addEventListener("storage", ({ key }) => {
    const otherId = idOf(otherName, key);
    if (otherId && !get(otherName, otherId)) drop(otherId);
    const id = idOf(name, key);
    if (!id) return;
    if (!get(name, id)) drop(id);
    else watch(id);
  });
}

function watch(id) {
  if (watched.has(id)) return;
  watched.add(id);
  whenLeft(id, () => offer(id));
}

function offer(id) {
  const left = get(name, id);
  if (!left) return;
  const isTwice = [...list.children].some((item) => item.dataset.left !== id && item.dataset.text === left.text);
  if (left.text === inFile || isTwice) {
    remove(name, id);
    return;
  }
  const item = document.createElement("li");
  const words = describeChange(JSON.parse(left.text), JSON.parse(inFile));
  item.dataset.left = id;
  item.dataset.text = left.text;
  item.append(
    `${readMoment(left)}: ${words} `,
    makeButton({ text: "Lấy lại", label: `Lấy lại ${words}`, act: () => takeBack(id, left.text) }),
    " ",
    makeButton({ text: "Bỏ đi", label: `Bỏ đi ${words}`, act: () => throwAway(id, left.text, words) }),
  );
  show(item);
}

// A text typed while the file was shown in the other way fits no box here: it can be read and copied.
function offerToRead(id) {
  const left = get(otherName, id);
  if (!left) return;
  const { body: text, values = {} } = JSON.parse(left.text);
  const item = document.createElement("li");
  const title = document.createElement("summary");
  const typed = document.createElement("textarea");
  const details = document.createElement("details");
  const words = isWhole ? "chữ gõ vào từng ô" : "chữ gõ vào cả tệp";
  title.textContent = `Xem ${words}, để chép lại`;
  typed.className = "control";
  typed.readOnly = true;
  typed.rows = 8;
  typed.setAttribute("aria-label", words);
  typed.value = [...Object.values(values).flat(), text].join("\n");
  details.append(title, typed);
  item.dataset.left = id;
  item.append(
    `${readMoment(left)}: ${words}, không đưa lại vào ô được `,
    makeButton({ text: "Bỏ đi", label: `Bỏ đi ${words}`, act: () => throwAway(id, left.text, words, otherName, offerToRead) }),
    details,
  );
  show(item);
}

function readMoment({ moment }) {
  return new Date(moment).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
}

function show(item) {
  drop(item.dataset.left);
  list.append(item);
  unsaved.hidden = false;
}

function drop(id) {
  list.querySelector(`[data-left="${id}"]`)?.remove();
  unsaved.hidden = !list.childElementCount;
}

// The present unsaved text is kept as one left, so that nothing is lost.
function takeBack(id, text) {
  if (typed !== null && typed !== text) {
    const aside = makeId();
    watched.add(aside);
    if (!put(name, aside, typed)) {
      tell("Trình duyệt không đủ chỗ cất chữ đang gõ nên chưa lấy lại; bấm Lưu trước rồi lấy lại.", { of: "keep" });
      return;
    }
    offer(aside);
  }
  fill(JSON.parse(text));
  typed = null;
  announce();
  // Stored here now, or in the file if saving has just written it.
  if (typed === null || get(name, own)?.text === typed) remove(name, id);
  drop(id);
  body.focus();
}

function throwAway(id, text, words, store = name, offerAgain = offer) {
  remove(store, id);
  const item = document.createElement("li");
  item.dataset.left = id;
  const undo = makeButton({ text: "Hoàn tác", label: `Hoàn tác, giữ lại ${words}`, act: () => {
    put(store, id, text);
    offerAgain(id);
    list.querySelector(`[data-left="${id}"] button`)?.focus();
  } });
  item.append(`Đã bỏ ${words} `, undo);
  show(item);
  undo.focus();
}

