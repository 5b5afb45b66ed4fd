// The form in which a file is edited; starts the modules that try, show and save the text.
import "./anh.js";
import { showEarlier } from "./ban-truoc.js";
import { offerLeft } from "./chua-luu.js";
import "./dan.js";
import "./lien-lac.js";
import "./lon-dan.js";
import { save, showState } from "./luu.js";
import "./markdown-toolbar.js";
import { body, collect, form, isWhole } from "./o-nhap.js";
import "./tep.js";
import "./thanh.js";
import { tryOut } from "./thu.js";

let timer;

form.addEventListener("input", () => {
  showState();
  clearTimeout(timer);
  timer = setTimeout(tryOut, 120);
});
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "s") {
    event.preventDefault();
    save();
  }
  const tool = { b: "md-bold", i: "md-italic" }[key];
  if (tool && event.target === body && !isWhole) {
    event.preventDefault();
    form.querySelector(tool).click();
  }
});

// Without a caret, text is added at the end.
if (document.activeElement !== body) body.setSelectionRange(body.value.length, body.value.length);
showEarlier(JSON.parse(document.getElementById("ban-truoc").dataset.earlier));
offerLeft(JSON.stringify(collect()));
tryOut();
