// Creates a story from the staff page, with a title or from a Word file, and opens its form.
import { ask, formAddress } from "./hoi.js";
import { describe } from "./so-tay.js";

const form = document.getElementById("viet-bai");
const message = document.getElementById("bao-tin");
const { token } = form.dataset;

const title = document.getElementById("ten-bai");

// Keeps the page from being reloaded meanwhile.
function setBusy(isBusy) {
  document.body.toggleAttribute("data-busy", isBusy);
}

async function begin(asked) {
  message.hidden = true;
  setBusy(true);
  try {
    location.assign(formAddress((await asked).path));
  } catch (error) {
    message.replaceChildren(...describe(error));
    message.hidden = false;
    setBusy(title.value !== "");
  }
}

title.addEventListener("input", () => setBusy(title.value !== ""));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  begin(ask("bai-moi", token, { title: title.value }));
});
document.getElementById("tep-word").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  if (file) begin(ask("tu-word", token, file, { ten: file.name }));
  target.value = "";
});
