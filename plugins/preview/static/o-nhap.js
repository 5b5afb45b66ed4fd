// The boxes of the form, read as one value and written from one.
export const form = document.getElementById("bieu-mau");
export const body = document.getElementById("than-bai");
export const { path, token } = form.dataset;
// A file without fields is one text.
export const isWhole = "whole" in form.dataset;

// Some words of the body may still be in a picture's row.
let readBody = () => body.value;

export function readBodyBy(read) {
  readBody = read;
}

// Replaces text in the body as an edit of the browser, so that Ctrl+Z undoes it. Selection, focus and scroll position
// stay.
export function insert(text, start = body.selectionStart, end = body.selectionEnd) {
  const { activeElement: active } = document;
  const { scrollX: left, scrollY: top } = window;
  const moved = [body.selectionStart, body.selectionEnd].map((at) => {
    if (at < start || (at === start && at < end)) return at;
    return at < end ? start + text.length : at + text.length - (end - start);
  });
  body.focus({ preventScroll: true });
  body.setSelectionRange(start, end);
  const how = text ? "insertText" : "delete";
  // The body cannot be edited behind an open dialog.
  const done = document.activeElement === body && (start === end && !text || document.execCommand(how, false, text));
  if (!done) body.setRangeText(text, start, end);
  body.setSelectionRange(...moved);
  if (active === body) return;
  active?.focus({ preventScroll: true });
  scrollTo({ left, top, behavior: "instant" });
}

export function readRow(row, lacking) {
  const parts = [...row.querySelectorAll("[data-part]")].map((part) => part.value.trim());
  // A bar within a part would begin the next part.
  if (parts.length > 1) parts.forEach((part, at) => { parts[at] = part.replaceAll("|", "/"); });
  if (lacking === "first") while (parts.length > 1 && !parts[0]) parts.shift();
  else while (parts.length > 1 && !parts.at(-1)) parts.pop();
  return parts.join(" | ");
}

export function collect() {
  if (isWhole) return { body: readBody() };
  const values = {};
  for (const field of form.querySelectorAll("[data-key]")) {
    const rows = [...field.querySelectorAll("[data-row]")];
    values[field.dataset.key] = rows.map((row) => readRow(row, field.dataset.lacking)).filter(Boolean);
  }
  const confirmed = [...form.querySelectorAll("[data-confirm]:checked")].map((box) => box.dataset.confirm);
  return { body: readBody(), values, confirmed };
}

export function fill({ body: text, values = {} }) {
  for (const field of form.querySelectorAll("[data-key]")) {
    const lines = values[field.dataset.key] ?? [];
    if (field.querySelector("template")) {
      field.querySelector(".rows").replaceChildren();
      for (const line of lines.length ? lines : [""]) addRow(field, line.split(" | "));
    } else {
      setPart(field.querySelector("[data-part]"), lines[0] ?? "");
    }
  }
  if (body.value !== text) insert(text, 0, body.value.length);
}

// Reports a change made by a script to the rest of the form, as typing does.
export function announce() {
  form.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function single(attribute) {
  return form.querySelector(`[data-key="${attribute}"] [data-part]`);
}

function setPart(part, value) {
  if (part.tagName === "SELECT" && ![...part.options].some((option) => option.value === value)) {
    part.add(new Option(value, value));
  }
  part.value = value;
}

let made = 0;

export function addRow(field, values = []) {
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
    announce();
  }
});
// Enter in a box does not save.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
});
