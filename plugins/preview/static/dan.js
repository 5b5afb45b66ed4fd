// Handles pasting: formatted text becomes Markdown in the body, a picture a photo, a line a single line.
import { take } from "./anh.js";
import { setState, tell } from "./bao-tin.js";
import { ask } from "./hoi.js";
import { announce, body, form, insert, isWhole, path, token } from "./o-nhap.js";

// Stories and pages are Markdown; a vocabulary is not.
const takesMarkdown = !isWhole || path.endsWith(".md");
const drop = document.getElementById("tha-anh");
const STRUCTURE = `
  h1, h2, h3, h4, h5, h6, [role="heading"], ul, ol, table, blockquote, p + p, [class^="Mso"],
  b, strong, i, em, s, strike, del, sup, sub, a[href], font[face]
`;
const LOOKS = /font-weight:\s*(bold|[6-9]00)|font-style:\s*(italic|oblique)|line-through|mso-list|\.Vn|VNI/i;
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g;
const PATIENCE = 15_000;
// Formatting that was lost is reported without interrupting the writer.
const notice = document.createElement("p");
notice.className = "field__problem problem problem--advice";
notice.setAttribute("aria-live", "polite");
body.after(notice);
// The places of pastes not converted yet, in order, and the body that they refer to.
const places = [];
let known = "";
let pending = Promise.resolve();

document.addEventListener("paste", (event) => {
  const { target, clipboardData: data } = event;
  if (event.defaultPrevented || !data) return;
  const copied = read(data);
  if (drop && !target.closest("dialog") && copied.files.length && !copied.words) {
    event.preventDefault();
    take(copied.files);
  } else if (target === body) {
    if (!takesMarkdown || !hasStructure(copied.page)) return;
    event.preventDefault();
    pasteAt(body.selectionStart, body.selectionEnd, copied);
  } else if (target.matches("input, textarea")) {
    const line = clean(copied.text, target.tagName === "INPUT");
    if (line === copied.text) return;
    event.preventDefault();
    document.execCommand("insertText", false, line);
  }
});

body.addEventListener("drop", (event) => {
  const copied = read(event.dataTransfer);
  const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (!takesMarkdown || copied.files.length || place?.offsetNode !== body || !hasStructure(copied.page)) return;
  event.preventDefault();
  pasteAt(place.offset, place.offset, copied);
});

form.addEventListener("input", (event) => {
  if (event.inputType === "historyUndo") notice.textContent = "";
  places.forEach(follow);
  known = body.value;
});

// Read at once, as the clipboard closes after the event. Styles are removed, as the CSP would report them.
function read(data) {
  const html = data.getData("text/html");
  const page = new DOMParser().parseFromString(html.replace(/\bstyle\b/gi, "data-style"), "text/html");
  page.querySelectorAll("script, title, data-style").forEach((element) => element.remove());
  const text = data.getData("text/plain").replaceAll("\r\n", "\n");
  return { html, page, text, files: [...data.files], words: (page.body.textContent + text).trim() };
}

function hasStructure(page) {
  return Boolean(page.querySelector(STRUCTURE))
    || [...page.querySelectorAll("[data-style]")].some((element) => LOOKS.test(element.dataset.style))
    || [...page.images].some((image) => !/emoji/i.test(image.outerHTML) && !/^[^\p{L}\p{N}]+$/u.test(image.alt));
}

// Extracts embedded pictures from a page; pictures that it only links to are out of reach.
function takePictures(html) {
  const found = [];
  const rest = html.replace(/<img\b[^>]*?\ssrc=(["'])data:image\/(\w+);base64,([^"']*)\1[^>]*>/gi, (image, _, kind, data) => {
    try {
      const bytes = Uint8Array.from(atob(data.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
      if (drop && bytes.length > 1000) {
        found.push(new File([bytes], `anh-dan-${found.length + 1}.${kind}`, { type: `image/${kind}` }));
        return "";
      }
    } catch {
      // Not of the type it claims: left for the server to report.
    }
    return image.replace(data, "");
  });
  return [found, rest];
}

function pasteAt(start, end, copied) {
  places.push({ start, end });
  known = body.value;
  // One after the other, so that several pastes keep their order.
  pending = pending.then(() => paste(copied));
}

async function paste({ html, text }) {
  const [pictures, page] = takePictures(html);
  tell("", { of: "paste" });
  notice.textContent = "";
  const slow = setTimeout(() => setState("Đang dán…"), 400);
  let made = { markdown: text, left_out: [] };
  let failure;
  try {
    made = await inTime(ask("dan", token, new Blob([page]), { "ghi-chu": nextNote(body.value) }));
  } catch (error) {
    failure = error;
  }
  clearTimeout(slow);
  const { start, end } = places.shift();
  const isThere = body.selectionStart === start && body.selectionEnd === end;
  const before = body.value.slice(0, start);
  const after = body.value.slice(end);
  const [lead, tail] = failure || !made.markdown ? ["", ""] : made.is_inline ? spaces(text, before) : breaks(before, after);
  const written = lead + made.markdown + tail;
  if (written) insert(written, start, end);
  else announce();
  for (const other of places) {
    if (other.start === start) other.start = other.end = start + written.length;
  }
  const caret = start + lead.length + made.markdown.length + (made.is_inline ? tail.length : 0);
  if (isThere) body.setSelectionRange(caret, caret);
  notice.textContent = made.left_out.join(" ");
  if (failure) {
    const what = `${failure.message} Đã dán chữ trơn, không kèm đề mục, bảng, chữ đậm.`;
    tell(what, { of: "paste", beside: body, from: failure });
  }
  if (pictures.length) take(pictures);
}

function inTime(promise) {
  const late = new Error("Đoạn chép đọc mãi chưa xong.");
  return Promise.race([promise, new Promise((_, reject) => { setTimeout(() => reject(late), PATIENCE); })]);
}

function nextNote(text) {
  return 1 + Math.max(0, ...[...text.matchAll(/\[\^(\d{1,6})\]/g)].map(([, number]) => Number(number)));
}

// Moves a place when text is typed before it; text typed at it comes after it.
function follow(place) {
  const now = body.value;
  const shorter = Math.min(known.length, now.length);
  let same = 0;
  while (same < shorter && known[same] === now[same]) same += 1;
  let tail = 0;
  while (tail < shorter - same && known.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  if (place.end <= same) return;
  const moved = now.length - known.length;
  if (place.start >= known.length - tail) Object.assign(place, { start: place.start + moved, end: place.end + moved });
  else place.start = place.end = Math.min(place.start, same);
}

// Text within a line keeps the spaces around it.
function spaces(text, before) {
  return [/^[ \u00a0]/.test(text) && /\S$/.test(before) ? " " : "", /[ \u00a0]$/.test(text) ? " " : ""];
}

// A paragraph, heading or list needs blank lines around it.
function breaks(before, after) {
  const above = before.trim() ? 2 - /\n{0,2}$/.exec(before)[0].length : 0;
  const below = after.trim() ? 2 - /^\n{0,2}/.exec(after)[0].length : 0;
  return ["\n".repeat(above), "\n".repeat(below)];
}

function clean(text, isOneLine) {
  const seen = text.normalize("NFC").replace(UNSEEN, "").replaceAll("\u00a0", " ");
  return isOneLine ? seen.replace(/^\s*\n|\n\s*$/g, "").replace(/\s*\n\s*/g, " ") : seen;
}
