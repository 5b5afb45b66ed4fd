// The location of a problem in words or, in a file edited as one text, as a button that leads to its line.
import { body, isWhole, path } from "./o-nhap.js";

const FIRST_WORDS = 6;
const folder = path.slice(0, path.lastIndexOf("/") + 1);

export function describeLine(attribute, file, line) {
  if (file !== path) {
    // Files beside a story belong to it.
    const name = file.startsWith(folder) && folder.split("/").length > 4 ? file.split("/").at(-1) : `${file}, dòng ${line}`;
    return `${name}: `;
  }
  if (!isWhole && attribute !== "body") return "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "problem__place";
  button.textContent = isWhole ? `Dòng ${line}` : firstWords(line);
  button.addEventListener("click", () => select(line));
  const shown = new DocumentFragment();
  shown.append(button, ": ");
  return shown;
}

// The form of a story shows no line numbers.
function firstWords(line) {
  const words = (body.value.split("\n")[line - 1] ?? "").trim().split(/\s+/);
  return `“${words.slice(0, FIRST_WORDS).join(" ")}${words.length > FIRST_WORDS ? "…" : ""}”`;
}

function select(line) {
  const lines = body.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  // The browser scrolls to the selection when the box gets the focus.
  body.blur();
  body.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  body.focus();
}
