// How a reader wants to read: size of the text and light or dark, kept on this device alone; and the address to copy.
// A page is whole without any of it.

const CHOICES = [
  { key: "co-chu", name: "Cỡ chữ", attribute: "data-text", options: [["", "Vừa"], ["large", "Lớn"], ["larger", "Rất lớn"]] },
  { key: "nen", name: "Nền", attribute: "data-scheme", options: [["", "Theo máy"], ["light", "Sáng"], ["dark", "Tối"]] },
];
const root = document.documentElement;

// A browser may refuse storage: the choice then lasts as long as the page.
function recall(key) {
  try { return localStorage.getItem(key) ?? ""; } catch { return ""; }
}

function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch { /* as above */ }
}

function apply({ attribute, options }, value) {
  if (value && options.some(([known]) => known === value)) root.setAttribute(attribute, value);
  else root.removeAttribute(attribute);
}

function applyAll() {
  for (const choice of CHOICES) apply(choice, recall(choice.key));
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function drawChoice(choice) {
  const legend = element("legend", "display__name", choice.name);
  const options = choice.options.map(([value, name]) => {
    const input = element("input", "display__input");
    Object.assign(input, { type: "radio", name: choice.key, value, checked: (root.getAttribute(choice.attribute) ?? "") === value });
    input.addEventListener("change", () => {
      keep(choice.key, value);
      apply(choice, value);
    });
    return element("label", "display__option", input, element("span", "", name));
  });
  return element("fieldset", "display__choice", legend, element("div", "display__options", ...options));
}

function drawSettings(place) {
  const sign = element("span", "display__sign", "Aa");
  sign.setAttribute("aria-hidden", "true");
  const button = element("summary", "display__button", sign, element("span", "visually-hidden", "Cỡ chữ và nền"));
  const details = element("details", "display", button, element("div", "display__panel", ...CHOICES.map(drawChoice)));
  details.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !details.open) return;
    details.open = false;
    button.focus();
  });
  const closeOutside = ({ target }) => { if (!details.contains(target)) details.open = false; };
  document.addEventListener("pointerdown", closeOutside);
  document.addEventListener("focusin", closeOutside);
  place.append(details);
}

function drawCopy(list) {
  const said = element("span", "share__said");
  said.setAttribute("role", "status");
  const button = element("button", "share__button", "Chép địa chỉ");
  button.type = "button";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(list.dataset.address);
      said.textContent = "Đã chép";
    } catch {
      said.textContent = list.dataset.address;
    }
  });
  list.append(element("li", "", button, said));
}

// At once when this comes from the cache, so that no page is first seen in the wrong scheme.
applyAll();
addEventListener("storage", applyAll);
// A page that the back button brings back may be older than the choice.
addEventListener("pageshow", ({ persisted }) => { if (persisted) applyAll(); });

function draw() {
  const place = document.querySelector(".nav__display");
  if (place) drawSettings(place);
  const share = document.querySelector(".share__list");
  if (share) drawCopy(share);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw);
else draw();
