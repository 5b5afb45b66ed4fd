// Keeps the bar at the bottom of the window from covering the focused element.
const bar = document.getElementById("thanh");

new ResizeObserver(() => {
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  reveal(document.activeElement);
}).observe(bar);
addEventListener("focusin", ({ target }) => reveal(target));

function reveal(element) {
  // A box taller than the window scrolls to its caret itself.
  if (!element || element === document.body || bar.contains(element) || element.closest("dialog")) return;
  const { top, bottom } = element.getBoundingClientRect();
  const hidden = bottom - bar.getBoundingClientRect().top;
  if (hidden > 0 && hidden < top) scrollBy({ top: hidden, behavior: "instant" });
  else if (top < 0 && hidden < top) scrollBy({ top, behavior: "instant" });
}
