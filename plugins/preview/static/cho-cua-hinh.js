// The pictures of the story and their places, read from the boxes and the text, and written there.
import { exchange, inText, oneLine, putIn, readBack, takeOut, type } from "./hinh-trong-chu.js";
import { addRow, announce, form, single } from "./o-nhap.js";

const gallery = form.querySelector('[data-key="gallery"]');
const lead = ["photo", "photo_alt", "photo_caption"];
// The photos in the folder; null until the server has listed them.
let files = null;
// The words of pictures that have no place now.
const spare = new Map();

// Takes over the pictures that the server has found in the text it was sent, and the photos in the folder.
export function takeIn({ text, pictures, files: found }) {
  if (!pictures) return;
  files = found;
  readBack(text, pictures);
}

// Forgets a file that is no longer in the folder.
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

// Returns the pictures in the order of the story, then the unused photos of its folder; null while they are unknown.
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

// Returns whether the words are in the story now; false while the picture cannot be found in a changed text.
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

// Adds a picture to the story.
export function put(name, place, alt, caption) {
  addFile(name);
  add(name, place, alt, caption);
  announce();
}

// Returns whether the picture has been moved.
export function moveTo(item, place) {
  if (!remove(item)) return false;
  add(item.name, place, item.alt, item.caption);
  announce();
  return true;
}

// Swaps a picture with its neighbour, `by` before or after. Returns whether it has one.
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
