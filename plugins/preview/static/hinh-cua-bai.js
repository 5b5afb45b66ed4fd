// The pictures of the story, a row each: thumbnail, place, words, order, and a button to delete it.
import { tell } from "./bao-tin.js";
import { addFile, forget, list, moveTo, put, setWords, step, takeIn } from "./cho-cua-hinh.js";
import { settle } from "./hinh-trong-chu.js";
import { ask } from "./hoi.js";
import { isSaved, save } from "./luu.js";
import { announce, form, path, token } from "./o-nhap.js";
import { tryOut } from "./thu.js";

const rows = document.getElementById("hinh-cua-bai");
const template = document.getElementById("mot-hinh");
const notes = document.getElementById("anh-cho");
const live = document.getElementById("anh-noi");
const places = { photo: "ảnh đầu bài", body: "giữa bài", gallery: "loạt ảnh cuối bài", "": "chưa dùng" };
const moved = "Chữ của bài vừa đổi nên chưa chuyển được ảnh; đợi trang bên cạnh hiện xong rồi làm lại.";
let made = 0;

export function say(text) {
  live.textContent = text;
}

// Adds a line about a photo with buttons, each of which acts and removes the line.
export function note(text, buttons) {
  const item = document.createElement("li");
  item.className = "notice notice--ask";
  item.append(text);
  for (const [label, name, act] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--soft";
    button.textContent = label;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => {
      item.remove();
      act();
    });
    item.append(" ", button);
  }
  notes.append(item);
  say(text);
  return item;
}

function part(row, name) {
  return row.querySelector(`[data-of="${name}"]`);
}

function make(key) {
  const row = template.content.cloneNode(true).querySelector("li");
  row.dataset.picture = key;
  // Boxes with text that is not in the story yet.
  row.waiting = new Set();
  made += 1;
  for (const element of row.querySelectorAll("[id]")) element.id = `${element.id}-${made}`;
  for (const element of row.querySelectorAll("[for]")) element.htmlFor = `${element.htmlFor}-${made}`;
  for (const element of row.querySelectorAll("[aria-describedby]")) {
    element.setAttribute("aria-describedby", `${element.getAttribute("aria-describedby")}-${made}`);
  }
  return row;
}

function fill(row, item) {
  row.item = item;
  const { name, place, isThere } = item;
  const isFixed = place === "" || (place === "body" && item.picture.start < 0);
  part(row, "name").textContent = name;
  part(row, "lost").hidden = isThere;
  const thumbnail = part(row, "thumbnail");
  const address = `/_xem-thu/anh?${new URLSearchParams({ tep: path, ten: name })}`;
  thumbnail.hidden = !isThere;
  if (isThere && thumbnail.getAttribute("src") !== address) thumbnail.src = address;
  part(row, "place").value = place;
  part(row, "place").disabled = place === "body" && isFixed;
  part(row, "fixed").hidden = place !== "body" || !isFixed;
  for (const word of ["alt", "caption"]) {
    const box = part(row, word);
    box.closest("div").hidden = place === "";
    box.readOnly = isFixed;
    // Not while someone is typing in it.
    if (document.activeElement !== box && !row.waiting.has(word) && box.value !== item[word]) box.value = item[word];
  }
  const lacks = place !== "" && !item.alt.trim();
  part(row, "problem").hidden = !lacks;
  if (lacks) part(row, "alt").setAttribute("aria-invalid", "true");
  else part(row, "alt").removeAttribute("aria-invalid");
  for (const [act, label] of [["up", `Đưa ảnh ${name} lên`], ["down", `Đưa ảnh ${name} xuống`], ["delete", `Xóa ảnh ${name}`]]) {
    part(row, act).setAttribute("aria-label", label);
  }
  part(row, "up").hidden = part(row, "down").hidden = isFixed || !["body", "gallery"].includes(place);
  part(row, "delete").hidden = !isThere || (place === "body" && isFixed);
}

function render() {
  const items = list();
  if (!items) return;
  const { activeElement: active } = document;
  const known = new Map([...rows.children].map((row) => [row.dataset.picture, row]));
  const times = new Map();
  items.forEach((item, at) => {
    const time = (times.get(item.name) ?? 0) + 1;
    times.set(item.name, time);
    const key = `${time} ${item.name}`;
    const row = known.get(key) ?? make(key);
    known.delete(key);
    if (rows.children[at] !== row) rows.insertBefore(row, rows.children[at] ?? null);
    fill(row, item);
  });
  known.forEach((row) => row.remove());
  if (active !== document.activeElement && rows.contains(active)) active.focus({ preventScroll: true });
  document.getElementById("chua-co-anh").hidden = items.length > 0;
}

// Writes the typed words of a row into the story, or leaves them waiting while that is not possible.
function write(row) {
  const [alt, caption] = ["alt", "caption"].map((word) => (row.waiting.has(word) ? part(row, word).value : row.item[word]));
  const isWritten = setWords(row.item, alt, caption);
  if (isWritten) row.waiting.clear();
  Object.assign(row.item, { alt, caption });
  fill(row, row.item);
  return isWritten;
}

function where(item) {
  const alike = list().filter(({ place }) => place === item.place);
  const at = alike.findIndex(({ name, row, picture }) => name === item.name && row === item.row && picture === item.picture);
  return `${places[item.place]}, thứ ${at + 1} trong ${alike.length} ảnh`;
}

function go(item, by) {
  tell("", { of: "photo" });
  say(step(item, by) ? `Ảnh ${item.name}: ${where(item)}.` : `Ảnh ${item.name} đã ở ${by < 0 ? "đầu" : "cuối"}.`);
  render();
}

function take(item, place, row) {
  tell("", { of: "photo" });
  const lead = list().find((one) => one.place === "photo");
  if (!moveTo(item, place)) {
    tell(moved, { of: "photo", beside: row.querySelector(".picture__actions") });
  } else {
    const also = place === "photo" && lead ? ` Ảnh đầu bài trước, ${lead.name}, sang loạt ảnh cuối bài.` : "";
    say(`Ảnh ${item.name}: ${places[place]}.${also}`);
  }
  render();
}

async function remove(item, row) {
  tell("", { of: "photo" });
  const { name, place, alt, caption } = item;
  if (place !== "" && !moveTo(item, "")) {
    tell(moved, { of: "photo", beside: row.querySelector(".picture__actions") });
    return;
  }
  // The photo is used in another place too, so the file stays.
  if (list().some((one) => one.name === name && one.place !== "")) {
    render();
    say(`Đã bỏ ảnh ${name} khỏi ${places[place]}.`);
    return;
  }
  try {
    // The saved text must not refer to a photo that is gone.
    if (!isSaved()) await save();
    if (!isSaved()) throw new Error("Chưa lưu được bài nên chưa xóa ảnh; xem lời báo ở thanh Lưu rồi xóa lại.");
    const { undo } = await ask("bo-anh", token, {}, { tep: path, ten: name });
    forget(name);
    render();
    // An answer on its way still lists the photo; a new question has it ignored.
    tryOut();
    const again = async () => {
      try {
        const back = await ask("lay-lai-anh", token, { path, undo });
        addFile(back.name);
        if (place !== "") put(back.name, place, alt, caption);
        tryOut();
        tell("", { of: "photo" });
        say(`Đã lấy lại ảnh ${back.name}.`);
      } catch (error) {
        tell(error.message, { of: "photo", beside: notes, from: error });
        offer();
      }
      render();
    };
    const offer = () => note(`Đã xóa ảnh ${name}.`, [["Lấy lại", `Lấy lại ảnh ${name}`, again]]);
    offer().querySelector("button").focus();
  } catch (error) {
    if (place !== "") put(name, place, alt, caption);
    render();
    tell(`${name}: ${error.message}`, { of: "photo", beside: row.querySelector(".picture__actions"), from: error });
  }
}

if (rows) {
  form.addEventListener("tried", ({ detail }) => {
    takeIn(detail);
    render();
    for (const row of rows.children) {
      if (row.waiting.size && write(row)) announce();
    }
  });
  form.addEventListener("input", ({ target }) => { if (!rows.contains(target)) render(); });
  rows.addEventListener("input", ({ target }) => {
    const row = target.closest("li");
    if (target.dataset.of === "place") return;
    // Ctrl+Z in another box may undo text typed here; the text is then right.
    if (row.item.place === "body" && document.activeElement !== target) return render();
    row.waiting.add(target.dataset.of);
    write(row);
  });
  rows.addEventListener("change", ({ target }) => {
    if (target.dataset.of === "place") take(target.closest("li").item, target.value, target.closest("li"));
  });
  // Written into the text when the row is left, as that takes the focus away for an instant; and at once, as the
  // first letter typed in the next box would be lost a moment later.
  let here = null;
  document.addEventListener("focusin", ({ target }) => {
    const row = rows.contains(target) ? target.closest("li") : null;
    if (row === here) return;
    here = row;
    settle();
  });
  rows.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget) return;
    setTimeout(() => { if (!rows.contains(document.activeElement)) settle(); });
  });
  rows.addEventListener("click", ({ target }) => {
    const row = target.closest("li");
    const act = target.closest("button")?.dataset.of;
    if (act === "up") go(row.item, -1);
    if (act === "down") go(row.item, 1);
    if (act === "delete") remove(row.item, row);
  });
}
