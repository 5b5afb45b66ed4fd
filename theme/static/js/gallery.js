// Shows a story's further photos enlarged, over the page. Without it, each photo leads to its largest copy.

const links = [...document.querySelectorAll(".gallery__link")];
const dialog = document.createElement("dialog");
const frame = document.createElement("div");
const words = document.createElement("p");
let current = 0;

function show(number) {
  current = (number + links.length) % links.length;
  const link = links[current];
  const small = link.querySelector("img");
  // A new element each time: the photo before never stands in for one that is still on its way.
  const photo = new Image(small.getAttribute("width"), small.getAttribute("height"));
  photo.className = "viewer__photo";
  photo.alt = small.alt;
  photo.sizes = "100vw";
  photo.srcset = link.querySelector("source").srcset;
  frame.replaceChildren(photo);
  const caption = link.closest("figure").querySelector("figcaption")?.textContent ?? "";
  words.textContent = links.length > 1 ? `${current + 1}/${links.length} · ${caption}` : caption;
}

function button(name, label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `viewer__button viewer__button--${name}`;
  element.setAttribute("aria-label", label);
  element.addEventListener("click", act);
  return element;
}

dialog.className = "viewer";
dialog.setAttribute("aria-label", "Xem ảnh");
frame.className = "viewer__frame";
words.className = "viewer__words";
// Says the words of the new photo to those who do not see it change.
words.setAttribute("aria-live", "polite");
dialog.append(button("close", "Đóng", () => dialog.close()), frame, words);
if (links.length > 1) {
  dialog.append(button("back", "Ảnh trước", () => show(current - 1)), button("next", "Ảnh sau", () => show(current + 1)));
}
document.body.append(dialog);

dialog.addEventListener("keydown", (event) => {
  const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  show(to);
});

// What a click made large, a click makes small.
frame.addEventListener("click", () => dialog.close());

// One finger sideways leads on; two fingers are the browser's, to enlarge, and so is one within what is enlarged.
let from = null;
dialog.addEventListener("touchstart", ({ touches }) => {
  from = touches.length === 1 ? touches[0] : null;
}, { passive: true });
dialog.addEventListener("touchend", ({ touches, changedTouches: [to] }) => {
  if (!from || touches.length || visualViewport.scale > 1.01) return;
  const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
  if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) show(current + (x < 0 ? 1 : -1));
});

for (const [number, link] of links.entries()) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(number);
    dialog.showModal();
    // Safari does not focus a link that is clicked, and so would not come back to it.
    dialog.addEventListener("close", () => link.focus(), { once: true });
  });
}
