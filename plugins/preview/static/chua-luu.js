// What is not saved yet is kept in this browser too, until it is; what other pages have left is offered, each by itself.
import { makeButton, tell } from "./bao-tin.js";
import { get, hold, idOf, listIds, makeId, nameStore, put, remove, whenLeft } from "./kho-chu.js";
import { describeChange } from "./khac-nhau.js";
import { announce, body, fill, isWhole, path } from "./o-nhap.js";

const FULL = "Trình duyệt không cất thêm được chữ chưa lưu; bấm Lưu ngay để khỏi mất khi trang đóng.";
const name = nameStore(path, isWhole);
const own = makeId();
const unsaved = document.getElementById("chua-luu");
const list = unsaved.querySelector("ul");
const watched = new Set([own]);
let inFile = "";
// What is typed here and not saved; null when all is.
let typed = null;

hold(own);

// Keeps what is typed here, null for nothing. Returns whether the browser has taken it.
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

// Offers what was left, where the file does not say it by now; what is typed in another tab, as soon as that is closed.
export function offerLeft(saved) {
  inFile = saved;
  listIds(name).forEach(watch);
  addEventListener("storage", ({ key }) => {
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
  const moment = new Date(left.moment).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
  item.dataset.left = id;
  item.dataset.text = left.text;
  item.append(
    `${moment}: ${words} `,
    makeButton({ text: "Lấy lại", label: `Lấy lại ${words}`, act: () => takeBack(id, left.text) }),
    " ",
    makeButton({ text: "Bỏ đi", label: `Bỏ đi ${words}`, act: () => throwAway(id, left.text, words) }),
  );
  show(item);
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

// What is typed now becomes something left itself: nothing is replaced without a way back.
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
  // Kept here now; or in the file, where saving has written just that.
  if (typed === null || get(name, own)?.text === typed) remove(name, id);
  drop(id);
  body.focus();
}

function throwAway(id, text, words) {
  remove(name, id);
  const item = document.createElement("li");
  item.dataset.left = id;
  const undo = makeButton({ text: "Hoàn tác", label: `Hoàn tác, giữ lại ${words}`, act: () => {
    put(name, id, text);
    offer(id);
    list.querySelector(`[data-left="${id}"] button`)?.focus();
  } });
  item.append(`Đã bỏ ${words} `, undo);
  show(item);
  undo.focus();
}

