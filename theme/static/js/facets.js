// Combines the facets of the exemplar index in the browser. Without it, each facet link leads to a page of its own.
// The state is the address: shareable, and the back button undoes one choice. What is counted on is one small file;
// the cards of what is shown are fetched from the pages of the index.

const browse = document.querySelector(".browse");
const results = browse.querySelector(".browse__results");
const list = browse.querySelector(".cards");
const status = browse.querySelector(".browse__status");
const chips = browse.querySelector(".chips");
const empty = browse.querySelector(".empty");
const order = browse.querySelector("[data-order]");
const pager = browse.querySelector(".pager");
const filters = browse.querySelector(".filters");
const facets = [...browse.querySelectorAll(".facet")].map((element) => ({
  element,
  key: element.dataset.facet,
  links: [...element.querySelectorAll(".facet__link")],
}));
const roomy = matchMedia("(min-width: 60rem)");

// A state is one of the whole index, wherever in its pages the reader is.
const base = location.pathname.replace(/trang\/\d+\/$/, "");
const own = [...list.children];
// Every page but the last has as many.
const step = own.length;
const pages = new Map(location.pathname === base ? [[1, Promise.resolve(own)]] : []);
const before = { status: [...status.childNodes], order: [order.textContent, order.href], links: new Map() };
for (const { links } of facets) for (const link of links) before.links.set(link, [link.href, count(link).textContent]);

const more = document.createElement("p");
more.className = "browse__more";
more.hidden = true;
const moreButton = document.createElement("button");
Object.assign(moreButton, { type: "button", className: "button" });
more.append(moreButton);
list.after(more);

let opening = null;
let ticket = 0;
let shown = step;

function count(link) {
  return link.querySelector(".facet__count");
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer;
}

function openData() {
  opening ??= fetched(browse.dataset.facets).then((answer) => answer.json());
  opening.catch(() => { opening = null; });
  return opening;
}

function openPage(number) {
  if (!pages.has(number)) {
    const page = fetched(number === 1 ? base : `${base}trang/${number}/`).then((answer) => answer.text()).then((text) => [
      ...new DOMParser().parseFromString(text, "text/html").querySelectorAll(".browse .cards > .card")]);
    page.catch(() => pages.delete(number));
    pages.set(number, page);
  }
  return pages.get(number);
}

const valueOf = (data, key, position) => data.facets[key].values[data.facets[key].of[position]];

async function openCard(data, position) {
  const card = (await openPage(Math.floor(position / step) + 1))[position % step];
  // Published anew since this page was opened: what is counted and what is listed are of two days.
  if (!card || facets.some(({ key }) => card.getAttribute(`data-${key}`) !== valueOf(data, key, position))) throw new Error("outdated");
  return card;
}

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

function find(data, state) {
  const wanted = facets.filter(({ key }) => state.has(key)).map(({ key }) => [data.facets[key].of, data.facets[key].values.indexOf(state.get(key))]);
  const found = [];
  for (let i = 0; i < data.byName.length; i += 1) if (wanted.every(([of, value]) => of[i] === value)) found.push(i);
  return found;
}

function showLink(link, number, chosen, href) {
  count(link).textContent = number;
  link.classList.toggle("facet__link--none", number === "0");
  if (chosen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
  link.href = href;
}

function countLinks(data, state) {
  for (const { key, links } of facets) {
    const others = without(state, key);
    const counts = new Map();
    for (const position of find(data, others)) {
      const value = valueOf(data, key, position);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const link of links) {
      const { value } = link.dataset;
      const chosen = state.get(key) === value;
      showLink(link, (counts.get(value) ?? 0).toLocaleString("vi"), chosen, address(chosen ? others : new Map(state).set(key, value)));
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

function showOrder(byName, state) {
  order.textContent = byName ? "Xếp mới nhất trước" : "Xếp theo tên";
  order.href = address(byName ? without(state, "xep") : new Map(state).set("xep", "ten"));
}

// The page as it came.
function showAll() {
  list.replaceChildren(...own);
  status.replaceChildren(...before.status);
  [order.textContent, order.href] = before.order;
  for (const [link, [href, number]] of before.links) showLink(link, number, false, href);
  showChips(new Map());
  empty.hidden = true;
  more.hidden = true;
  if (pager) pager.hidden = false;
}

async function show(state) {
  ticket += 1;
  const mine = ticket;
  if (!state.size) {
    results.removeAttribute("aria-busy");
    showAll();
    return;
  }
  results.setAttribute("aria-busy", "true");
  try {
    const data = await openData();
    const byName = state.get("xep") === "ten";
    const found = find(data, state);
    if (byName) found.sort((a, b) => data.byName[a] - data.byName[b]);
    const cards = await Promise.all(found.slice(0, shown).map((position) => openCard(data, position)));
    if (mine !== ticket) return;
    list.replaceChildren(...cards);
    const number = document.createElement("strong");
    number.textContent = found.length.toLocaleString("vi");
    status.replaceChildren(number, ` điển hình, ${byName ? "xếp theo tên" : "mới nhất trước"}`);
    showOrder(byName, state);
    countLinks(data, state);
    showChips(state);
    empty.hidden = found.length > 0;
    if (pager) pager.hidden = true;
    const rest = found.length - cards.length;
    more.hidden = rest <= 0;
    moreButton.textContent = `Xem thêm ${Math.min(rest, step)} điển hình`;
  } finally {
    if (mine === ticket) results.removeAttribute("aria-busy");
  }
}

// Its own address is that of a prebuilt page, which will do where the rest cannot be had.
async function choose(link, target) {
  const { href } = link;
  history.pushState(null, "", target);
  shown = step;
  try {
    await show(readState());
  } catch {
    history.back();
    addEventListener("popstate", () => location.assign(href), { once: true });
    return false;
  }
  return true;
}

function restore() {
  shown = history.state?.shown ?? step;
  show(readState()).catch(() => { /* The page as it came has everything, if not at once. */ });
}

browse.addEventListener("click", async (event) => {
  const link = event.target.closest(".facet__link, .chips a, [data-order]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  const state = readState();
  const key = link.closest(".facet")?.dataset.facet;
  // Before anything is chosen the links lead to prebuilt pages.
  const target = state.size ? link.href : address(state.set(key ?? "xep", key ? link.dataset.value : "ten"));
  if (location.pathname !== base) return location.assign(target);
  const wasChip = link.closest(".chips");
  if (!await choose(link, target)) return;
  if (wasChip) {
    // A removed chip takes the focus with it; the count is where the reader is then.
    (chips.querySelector("a") ?? status).focus();
  } else if (key && !roomy.matches) {
    // On a phone the filters stand over what they find: they fold, and the count and the first of it are in sight.
    filters.open = false;
    status.focus({ preventScroll: true });
    // Where a focus alone would leave it hangs on what was folded above.
    results.scrollIntoView();
  }
});

moreButton.addEventListener("click", async () => {
  const first = list.children.length;
  shown += step;
  history.replaceState({ shown }, "");
  await show(readState()).catch(() => { shown -= step; });
  list.children[first]?.querySelector("a").focus();
});

addEventListener("popstate", restore);
status.tabIndex = -1;
if (roomy.matches) for (const element of [filters, ...facets.map((facet) => facet.element)]) element.open = true;
if (readState().size) restore();
