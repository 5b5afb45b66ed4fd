// Moves the story to another address, or deletes it. Unsaved text is saved first.
import { tell } from "./bao-tin.js";
import { ask, formAddress } from "./hoi.js";
import { isSaved, save } from "./luu.js";
import { form, path, token } from "./o-nhap.js";

const group = document.getElementById("tep-cua-bai");
const SAID = "tep da lam";
let busy = false;

async function run(button, act) {
  if (busy) return;
  busy = true;
  tell("", { of: "files", beside: button });
  try {
    if (!isSaved()) await save();
    // Saving has shown the reason itself.
    if (isSaved()) await act();
  } catch (error) {
    tell(error.message, { of: "files", beside: button, from: error });
  } finally {
    busy = false;
  }
}

function recall() {
  try {
    const said = sessionStorage.getItem(SAID);
    sessionStorage.removeItem(SAID);
    return said;
  } catch {
    return null;
  }
}

if (group) {
  const move = document.getElementById("doi-dia-chi");
  const remove = document.getElementById("xoa-bai");
  // The address is not part of the text, so there is nothing to try or save.
  group.addEventListener("input", (event) => event.stopPropagation());
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) move.click();
  });
  move.addEventListener("click", () => run(move, async () => {
    const [year, name] = ["dia-chi-nam", "dia-chi-ten"].map((id) => document.getElementById(id).value);
    const { path: now, message } = await ask("doi-dia-chi", token, { path, version: form.dataset.version, year, name });
    try {
      sessionStorage.setItem(SAID, message);
    } catch {
      // Only the message is lost.
    }
    location.assign(formAddress(now));
  }));
  remove.addEventListener("click", () => run(remove, async () => {
    const { undo, title } = await ask("xoa-bai", token, { path, version: form.dataset.version });
    location.assign(`/_ban-bien-tap/?${new URLSearchParams({ "vua-xoa": undo, bai: title })}`);
  }));
  const said = recall();
  if (said) {
    const done = document.getElementById("tep-da-lam");
    group.open = true;
    done.textContent = said;
    done.hidden = false;
    done.focus();
  }
}
