// What the form says of itself: its state, and what could not be done.
const state = document.getElementById("trang-thai");
const message = document.getElementById("bao-tin");

// Says what could not be done `of` something, in the bar and right after `beside` where that is given, until it is said
// again or cleared by no text. What saving has said stays, whatever trying says after it.
export function tell(text, { of = "save", beside = null } = {}) {
  document.querySelectorAll(`[data-told="${of}"]`).forEach((told) => told.remove());
  if (text && beside) {
    const told = document.createElement("p");
    told.className = "problem problem--error";
    told.dataset.told = of;
    told.textContent = text;
    beside.after(told);
  }
  if (!text && message.dataset.of !== of) return;
  if (text && of === "try" && !message.hidden) return;
  message.textContent = text;
  message.hidden = !text;
  message.dataset.of = of;
}

export function setState(text) {
  if (state.textContent !== text) state.textContent = text;
}
