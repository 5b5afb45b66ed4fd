// What the form says of itself in the bar at the bottom of the window: its state, and all that could not be done.
const state = document.getElementById("trang-thai");
const messages = document.getElementById("bao-tin");
let said = { text: state.textContent, isCalm: false };

// Says what could not be done `of` something (save, try, photo, connection, …), in the bar and right after `beside` where
// that is given, until it is said again or cleared by no text. `actions` are ways out, each { text, act }. Whoever has
// read it may take it away, unless it is `lasting`: true as long as it stands there.
export function tell(text, { of = "save", beside = null, actions = [], lasting = false } = {}) {
  // What is tried with every letter is announced once.
  if (of === "try" && text && [...messages.children].some((line) => line.dataset.told === of && line.dataset.text === text)) return;
  document.querySelectorAll(`[data-told="${of}"]`).forEach((line) => line.remove());
  if (text && beside) {
    const line = write(text, of);
    line.classList.add("problem", "problem--error");
    beside.after(line);
  }
  if (text) {
    const line = write(text, of);
    line.className = "notice notice--bar";
    line.dataset.text = text;
    const ways = lasting ? actions : [...actions, { text: "Đã rõ", act: () => tell("", { of }) }];
    line.append(...ways.flatMap((way) => [" ", makeButton(way)]));
    messages.append(line);
  }
  messages.hidden = !messages.childElementCount;
  show();
}

// A calm state says that nothing is left to do: it is not said while something could not be done.
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

function write(text, of) {
  const line = document.createElement("p");
  line.dataset.told = of;
  line.textContent = text;
  return line;
}

function show() {
  const text = said.isCalm && messages.childElementCount ? "Có việc chưa làm được" : said.text;
  if (state.textContent !== text) state.textContent = text;
}
