// What the form says of itself: its state, and what could not be done.
const state = document.getElementById("trang-thai");
const message = document.getElementById("bao-tin");

// What saving has said stays, whatever trying says after it.
export function tell(text, of = "save") {
  if (!text && message.dataset.of !== of) return;
  if (text && of === "try" && !message.hidden) return;
  message.textContent = text;
  message.hidden = !text;
  message.dataset.of = of;
}

export function setState(text) {
  if (state.textContent !== text) state.textContent = text;
}
