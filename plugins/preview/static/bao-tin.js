// The bar at the bottom of the window: the state of the form, and everything that failed.
import { describe } from "./so-tay.js";

const state = document.getElementById("trang-thai");
const messages = document.getElementById("bao-tin");
let said = { text: state.textContent, isCalm: false };

// Shows a failure `of` something (save, try, photo, connection, …), in the bar and, if given, after `beside`, until it is
// replaced or cleared with an empty text. `actions` are ways out, each { text, act }. It can be dismissed unless `lasting`.
// `from` is the failure of `ask` that the text is about, which leads to the handbook.
export function tell(text, { of = "save", beside = null, actions = [], lasting = false, from = null } = {}) {
  // A failure repeated with every letter is announced once.
  if (of === "try" && text && [...messages.children].some((line) => line.dataset.told === of && line.dataset.text === text)) return;
  document.querySelectorAll(`[data-told="${of}"]`).forEach((line) => line.remove());
  if (text && beside) {
    const line = write(text, of, from);
    line.classList.add("problem", "problem--error");
    beside.after(line);
  }
  if (text) {
    const line = write(text, of, from);
    line.className = "notice notice--bar";
    line.dataset.text = text;
    const ways = lasting ? actions : [...actions, { text: "Đã rõ", act: () => tell("", { of }) }];
    line.append(...ways.flatMap((way) => [" ", makeButton(way)]));
    messages.append(line);
  }
  messages.hidden = !messages.childElementCount;
  show();
}

// A calm state is not shown while a failure is.
export function setState(text, { isCalm = false } = {}) {
  said = { text, isCalm };
  show();
}

export function makeButton({ text, act, label = "" }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--soft";
  button.textContent = text;
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

function write(text, of, from) {
  const line = document.createElement("p");
  line.dataset.told = of;
  line.append(...describe(from, text));
  return line;
}

function show() {
  const text = said.isCalm && messages.childElementCount ? "Có việc chưa làm được" : said.text;
  if (state.textContent !== text) state.textContent = text;
}
