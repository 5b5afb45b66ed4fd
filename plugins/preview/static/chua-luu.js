// What is not saved yet is kept in this browser too, until it is.
import { announce, fill, isWhole, path } from "./o-nhap.js";

// The parts of a story are no whole file: neither may be put where the other was.
const backup = `sua ${path}${isWhole ? " cả tệp" : ""}`;
const unsaved = document.getElementById("chua-luu");
const left = recall();

export function keep(text) {
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

// Offers what was left the last time, where the file does not say it by now.
export function offerLeft(saved) {
  if (left && left !== saved) unsaved.hidden = false;
}

document.getElementById("lay-lai").addEventListener("click", () => {
  fill(JSON.parse(left));
  unsaved.hidden = true;
  announce();
});
document.getElementById("bo-di").addEventListener("click", () => {
  keep(null);
  unsaved.hidden = true;
});
