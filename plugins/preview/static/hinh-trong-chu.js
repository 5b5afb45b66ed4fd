// The pictures in the text: their places as the server has found them; writing, moving and removing one.
import { body, insert, readBodyBy } from "./o-nhap.js";

// With their places in the value of the box.
let pictures = [];
// The one whose words are being typed in its row and are not in the box yet.
let pending = null;
// Nothing is known while the text is being changed.
let isWriting = false;

export function oneLine(words) {
  return words.trim().replace(/\s+/g, " ");
}

function write(name, alt, caption) {
  const words = oneLine(alt).replaceAll("\\", "\\\\").replaceAll("[", "(").replaceAll("]", ")");
  const title = oneLine(caption).replaceAll("\\", "\\\\").replaceAll('"', "”");
  const target = /[\s()]/.test(name) ? `<${name}>` : name;
  return `![${words}](${target}${title ? ` "${title}"` : ""})`;
}

function writePending() {
  return write(pending.name, pending.alt, pending.caption);
}

function isInPlace({ start, end, written }) {
  return start >= 0 && body.value.slice(start, end) === written;
}

// Finds a picture again after the text has changed.
function locate(picture) {
  if (isInPlace(picture)) return true;
  if (picture.start < 0) return false;
  const before = pictures.slice(0, pictures.indexOf(picture)).filter(({ written }) => written === picture.written).length;
  let at = -1;
  for (let count = 0; count <= before; count += 1) {
    at = body.value.indexOf(picture.written, at + 1);
    if (at < 0) return false;
  }
  picture.start = at;
  picture.end = at + picture.written.length;
  return true;
}

function readText() {
  if (!pending || !isInPlace(pending)) return body.value;
  return body.value.slice(0, pending.start) + writePending() + body.value.slice(pending.end);
}
readBodyBy(readText);

function order(found) {
  pictures = found.sort((a, b) => a.start - b.start);
}

function edit(start, end, text) {
  for (const picture of pictures) {
    if (picture.start < end) continue;
    picture.start += text.length - (end - start);
    picture.end += text.length - (end - start);
  }
  isWriting = true;
  insert(text, start, end);
  isWriting = false;
}

// Returns the pictures in order; null while the text is being changed.
export function inText() {
  return isWriting ? null : pictures;
}

// Takes over the pictures that the server has found, if the text it was sent is still the present one.
export function readBack(text, found) {
  if (text !== readText()) return;
  const shift = pending ? writePending().length - (pending.end - pending.start) : 0;
  const known = found.map((picture) => {
    if (pending && picture.start === pending.start) return pending;
    const by = pending && picture.start > pending.start ? shift : 0;
    const [start, end] = picture.start < 0 ? [-1, -1] : [picture.start - by, picture.end - by];
    return { ...picture, start, end, written: body.value.slice(start, end) };
  });
  if (pending && !known.includes(pending)) known.push(pending);
  order(known);
}

// Makes the words of a picture part of the text, but not of its box yet. Returns whether the picture is there.
export function type(picture, alt, caption) {
  if (pending !== picture) settle();
  if (!locate(picture)) return false;
  pending = Object.assign(picture, { alt, caption });
  return true;
}

// Writes the words typed in a picture's row into the box.
export function settle() {
  const picture = pending;
  const isThere = picture && isInPlace(picture);
  const written = picture && writePending();
  pending = null;
  if (!isThere || written === picture.written) return;
  const { start, end } = picture;
  edit(start, end, written);
  Object.assign(picture, { start, end: start + written.length, written });
}

// Returns whether the picture was there.
export function takeOut(picture) {
  settle();
  if (!locate(picture)) return false;
  let { start, end } = picture;
  pictures = pictures.filter((one) => one !== picture);
  // With the blank lines around it.
  const isAlone = /(^|\n)\s*$/.test(body.value.slice(0, start));
  const after = body.value.slice(end).match(/^[^\S\n]*(\n+|$)/);
  if (isAlone && after) {
    end += after[0].length;
    if (end === body.value.length) start -= body.value.slice(0, start).match(/\s*$/)[0].length;
  }
  edit(start, end, "");
  return true;
}

// Adds a picture as a paragraph at the caret.
export function putIn(name, alt, caption) {
  settle();
  let at = body.selectionEnd;
  const around = pictures.find((picture) => locate(picture) && picture.start < at && at < picture.end);
  if (around) at = around.end;
  const start = at - body.value.slice(0, at).match(/\n*$/)[0].length;
  const end = at + body.value.slice(at).match(/^\n*/)[0].length;
  const written = write(name, alt, caption);
  const [before, after] = [start > 0 ? "\n\n" : "", end < body.value.length ? "\n\n" : ""];
  edit(start, end, before + written + after);
  const from = start + before.length;
  order([...pictures, { name, alt, caption, start: from, end: from + written.length, written }]);
  // The next picture goes after it.
  body.setSelectionRange(from + written.length, from + written.length);
}

// Swaps a picture with its neighbour, `by` before or after. Returns whether it has one.
export function exchange(picture, by) {
  settle();
  const other = pictures[pictures.indexOf(picture) + by];
  if (!other || !locate(picture) || !locate(other)) return false;
  const [first, last] = by < 0 ? [other, picture] : [picture, other];
  const [start, end] = [first.start, last.end];
  const between = body.value.slice(first.end, last.start);
  pictures = pictures.filter((one) => one !== first && one !== last);
  edit(start, end, last.written + between + first.written);
  Object.assign(last, { start, end: start + last.written.length });
  Object.assign(first, { start: last.end + between.length, end });
  order([...pictures, first, last]);
  return true;
}
