// Tries the typed text: shows problems at their boxes, and the page beside the form.
import { tell } from "./bao-tin.js";
import { describeLine } from "./dong.js";
import { ask } from "./hoi.js";
import { tellMissing } from "./luu.js";
import { body, collect, form, path, token } from "./o-nhap.js";
import { explain } from "./so-tay.js";

const MISSING = 404;
const frame = document.getElementById("ban-xem");
const counter = document.getElementById("so-loi");
let tries = 0;

export async function tryOut() {
  tries += 1;
  const mine = tries;
  try {
    const typed = collect();
    const { problems, more, page, pictures, files } = await ask("thu", token, { path, ...typed });
    if (mine !== tries) return;
    if (pictures) form.dispatchEvent(new CustomEvent("tried", { detail: { text: typed.body, pictures, files } }));
    tell("", { of: "try" });
    showProblems(problems, more);
    showPage(page);
  } catch (error) {
    if (mine !== tries || error.lost) return;
    if (error.status === MISSING) tellMissing(error);
    else tell(error.message, { of: "try", from: error });
  }
}

addEventListener("co-lien-lac", tryOut);

function showProblems(problems, more) {
  const places = new Map([...document.querySelectorAll("[data-problem]")].map((place) => [place.dataset.problem, place]));
  for (const [attribute, place] of places) {
    place.replaceChildren();
    for (const control of place.closest("[data-key]")?.querySelectorAll("[data-part]") ?? []) {
      control.removeAttribute("aria-invalid");
    }
    if (attribute === "body") body.removeAttribute("aria-invalid");
  }
  for (const { attribute, level, line, message, fix, path: file, handbook, explained } of problems) {
    const place = places.get(attribute) ?? places.get("");
    const item = document.createElement(place.tagName === "UL" ? "li" : "span");
    item.className = `problem problem--${level}`;
    item.append(describeLine(attribute, file, line), `${message}; ${fix} `, explain({ handbook, explained }));
    place.append(item);
    if (level !== "error") continue;
    const control = attribute === "body" ? body : place.closest("[data-key]")?.querySelector("[data-part]");
    control?.setAttribute("aria-invalid", "true");
    const folded = place.closest("details");
    if (folded) folded.open = true;
  }
  if (more) {
    const item = document.createElement("li");
    item.className = "problem problem--error";
    item.textContent = `… và ${more} lỗi nữa ở các tệp khác`;
    places.get("").append(item);
  }
  const errors = problems.filter(({ level }) => level === "error").length + (more ?? 0);
  counter.hidden = !errors;
  counter.textContent = `Xem ${errors} lỗi`;
}

counter.addEventListener("click", () => {
  const first = form.querySelector(".problem--error:not([data-told])");
  const link = first.querySelector(".problem__place");
  const control = first.closest("[data-key]")?.querySelector("[data-part]");
  if (link) link.click();
  else if (control?.offsetParent) control.focus();
  else {
    first.tabIndex = -1;
    first.focus();
  }
});

function showPage(page) {
  if (!frame) return;
  document.getElementById("chua-co-trang").hidden = Boolean(page);
  if (!page) return;
  const shown = frame.contentDocument;
  const fresh = new DOMParser().parseFromString(page, "text/html");
  // Replaces the content only, to keep the scroll position; the whole page if a link has led elsewhere.
  if (frame.srcdoc && shown?.URL === "about:srcdoc" && shown.querySelector("main")) {
    shown.querySelector("main").replaceWith(shown.adoptNode(fresh.querySelector("main")));
  } else {
    frame.srcdoc = page;
  }
}
