// Which pictures the story has and where: read from the boxes and the text that are saved, and written there.
import { exchange, inText, oneLine, putIn, readBack, takeOut, type } from "./hinh-trong-chu.js";
import { addRow, announce, form, single } from "./o-nhap.js";

const gallery = form.querySelector('[data-key="gallery"]');
const lead = ["photo", "photo_alt", "photo_caption"];
// What lies in the folder; null until the server has said it.
let files = null;
// The words of a picture that is in no place now.
const spare = new Map();

// Takes in what the server has read in a text that was sent to it, and what lies in the folder.
export function takeIn({ text, pictures, files: found }) {
  if (!pictures) return;
  files = found;
  readBack(text, pictures);
}

// Forgets a file that does not lie in the folder any more.
export function forget(name) {
  files = files.filter((file) => file !== name);
}

export function addFile(name) {
  if (files && !files.includes(name)) files.push(name);
}

function parts(row) {
  return [...row.querySelectorAll("[data-part]")];
}

function galleryRows() {
  return [...gallery.querySelectorAll("[data-row]")].filter((row) => parts(row).some((part) => part.value.trim()));
}

// Returns the pictures as they stand in the story, then what lies in its folder and is not used; null while that is not
// known.
export function list() {
  const written = inText();
  if (!files || !written) return null;
  const found = [];
  const [name, ...words] = lead.map((key) => single(key).value);
  if (name.trim()) found.push({ place: "photo", name: name.trim(), alt: words[0], caption: words[1] });
  for (const picture of written) {
    found.push({ place: "body", name: picture.name, alt: picture.alt, caption: picture.caption, picture });
  }
  for (const row of galleryRows()) {
    const [file, alt, caption] = parts(row).map((part) => part.value);
    found.push({ place: "gallery", name: file.trim(), alt, caption, row });
  }
  const used = new Set(found.map((one) => one.name));
  for (const file of files) {
    if (!used.has(file)) found.push({ place: "", name: file, alt: "", caption: "", ...spare.get(file) });
  }
  return found.map((one) => ({ ...one, isThere: files.includes(one.name) }));
}

// Tells whether the words are in the story now: they are not while a picture cannot be found in a text that has changed.
export function setWords(item, alt, caption) {
  if (item.place === "body") return type(item.picture, alt, caption);
  const [, first, second] = item.place === "photo" ? lead.map(single) : parts(item.row);
  first.value = oneLine(alt);
  second.value = oneLine(caption);
  return true;
}

function remove({ place, row, picture }) {
  if (place === "body") return takeOut(picture);
  if (place === "photo") setLead("", "", "");
  row?.remove();
  return true;
}

function add(name, place, alt, caption) {
  const words = [oneLine(alt), oneLine(caption)];
  if (place === "photo") {
    const before = lead.map((key) => single(key).value);
    if (before[0].trim()) addToGallery(before).parentElement.prepend(galleryRows().at(-1));
    setLead(name, ...words);
  } else if (place === "gallery") {
    addToGallery([name, ...words]);
  } else if (place === "body") {
    putIn(name, ...words);
  } else {
    spare.set(name, { alt, caption });
  }
}

function setLead(...values) {
  lead.forEach((key, at) => { single(key).value = values[at]; });
}

function addToGallery(values) {
  for (const row of gallery.querySelectorAll("[data-row]")) {
    if (!parts(row).some((part) => part.value.trim())) row.remove();
  }
  return addRow(gallery, values);
}

// Puts a picture that is new to the story into it.
export function put(name, place, alt, caption) {
  addFile(name);
  add(name, place, alt, caption);
  announce();
}

// Tells whether a picture stands in another place now.
export function moveTo(item, place) {
  if (!remove(item)) return false;
  add(item.name, place, item.alt, item.caption);
  announce();
  return true;
}

// Exchanges a picture with its neighbour, `by` before or after. Tells whether it has one.
export function step(item, by) {
  if (item.place === "body") {
    if (!exchange(item.picture, by)) return false;
  } else {
    const rows = galleryRows();
    const other = rows[rows.indexOf(item.row) + by];
    if (!other) return false;
    if (by < 0) other.before(item.row);
    else other.after(item.row);
  }
  announce();
  return true;
}
