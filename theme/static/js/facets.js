// Combines the facets of the exemplar index in the browser. Without it, each facet link leads to a page of its own.
// The state is the address: shareable, and the back button undoes one choice.

const browse = document.querySelector(".browse");
const list = browse.querySelector(".cards");
const status = browse.querySelector(".browse__status");
const chips = browse.querySelector(".chips");
const empty = browse.querySelector(".empty");
const order = browse.querySelector("[data-order]");
const pager = browse.querySelector(".pager");
const facets = [...browse.querySelectorAll(".facet")].map((element) => ({
  element,
  key: element.dataset.facet,
  name: element.querySelector(".facet__name").textContent,
  links: [...element.querySelectorAll(".facet__link")],
}));

let cards = [...list.children];
let whole = Number(browse.dataset.pages) <= 1;
// A state is one of the whole index, wherever in its pages the reader is.
const base = location.pathname.replace(/trang\/\d+\/$/, "");

function readState() {
  const query = new URLSearchParams(location.search);
  const state = new Map();
  for (const { key, links } of facets) {
    const value = query.get(key);
    if (links.some((link) => link.dataset.value === value)) state.set(key, value);
  }
  if (query.get("xep") === "ten") state.set("xep", "ten");
  return state;
}

function address(state) {
  const query = new URLSearchParams([...state]).toString();
  return base + (query ? `?${query}` : "");
}

function without(state, key) {
  const rest = new Map(state);
  rest.delete(key);
  return rest;
}

const matches = (card, state) => facets.every(({ key }) => !state.has(key) || card.getAttribute(`data-${key}`) === state.get(key));

// The index comes in pages once it is long; the rest is fetched when it is first needed, from the pages themselves.
async function loadRest() {
  if (whole) return;
  const numbers = Array.from({ length: Number(browse.dataset.pages) - 1 }, (_, i) => i + 2);
  const pages = await Promise.all([1, ...numbers].map(async (number) => {
    const answer = await fetch(number === 1 ? base : `${base}trang/${number}/`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }));
  list.replaceChildren(...pages.flatMap((page) => [...page.querySelectorAll(".browse .cards > .card")]));
  cards = [...list.children];
  pager?.remove();
  whole = true;
}

function countLinks(state) {
  for (const { key, links } of facets) {
    const others = without(state, key);
    const counts = new Map();
    for (const card of cards) {
      if (!matches(card, others)) continue;
      const value = card.getAttribute(`data-${key}`);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const link of links) {
      const { value } = link.dataset;
      const chosen = state.get(key) === value;
      link.querySelector(".facet__count").textContent = counts.get(value) ?? 0;
      link.toggleAttribute("aria-current", chosen);
      if (chosen) link.setAttribute("aria-current", "true");
      link.href = address(chosen ? others : new Map(state).set(key, value));
    }
  }
}

function showChips(state) {
  const chosen = facets.filter(({ key }) => state.has(key));
  chips.replaceChildren(...chosen.map(({ key, links }) => {
    const link = document.createElement("a");
    const name = links.find(({ dataset }) => dataset.value === state.get(key)).firstElementChild.textContent;
    link.href = address(without(state, key));
    link.textContent = `${name} ×`;
    link.setAttribute("aria-label", `Bỏ lọc ${name}`);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  chips.hidden = chosen.length === 0;
}

function show(state) {
  const byName = state.get("xep") === "ten";
  const sorted = byName ? [...cards].sort((a, b) => a.dataset.ten - b.dataset.ten) : cards;
  let count = 0;
  for (const card of cards) {
    card.hidden = !matches(card, state);
    if (!card.hidden) count += 1;
  }
  list.append(...sorted);
  empty.hidden = count > 0;
  const number = document.createElement("strong");
  number.textContent = count.toLocaleString("vi");
  status.replaceChildren(number, ` điển hình, ${byName ? "xếp theo tên" : "mới nhất trước"}`);
  order.textContent = byName ? "Xếp mới nhất trước" : "Xếp theo tên";
  order.href = address(byName ? without(state, "xep") : new Map(state).set("xep", "ten"));
  countLinks(state);
  showChips(state);
}

async function apply() {
  const state = readState();
  if (state.size) await loadRest();
  if (state.size || whole) show(state);
  for (const { element, key } of facets) if (state.has(key)) element.open = true;
}

browse.addEventListener("click", async (event) => {
  const link = event.target.closest(".facet__link, .chips a, [data-order]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  if (!whole) {
    // Its own address is still that of a prebuilt page, which will do where the rest cannot be had.
    const key = link.closest(".facet")?.dataset.facet;
    const state = readState().set(key ?? "xep", key ? link.dataset.value : "ten");
    if (location.pathname !== base) return location.assign(address(state));
    try {
      await loadRest();
    } catch {
      return location.assign(link.href);
    }
    history.pushState(null, "", address(state));
  } else {
    history.pushState(null, "", link.href);
  }
  const wasChip = link.closest(".chips");
  await apply();
  // A removed chip takes the focus with it; the count is where the reader is then.
  if (wasChip) (chips.querySelector("a") ?? status).focus();
});

addEventListener("popstate", apply);
status.tabIndex = -1;
if (matchMedia("(min-width: 60rem)").matches) for (const { element } of facets) element.open = true;
apply();
