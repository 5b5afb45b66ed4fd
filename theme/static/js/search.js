// The search page: what is typed and filtered, kept in the address; results, counts and suggestions.

import { excerpt, markAll } from "./search-excerpt.js";
import { openIndex } from "./search-index.js";
import { correct, readQuery } from "./search-query.js";
import { search } from "./search-rank.js";
import { readWords } from "./search-words.js";

const PER_STEP = 10;
// What fits a screen is shown before anything else is looked at: a cheap phone answers each key in half the time.
const AT_ONCE = 4;
// Milliseconds. A key after a pause is answered at once; of keys that come faster, only the last. Where there are very
// many entries each answer costs something to fetch, and only a pause in typing is answered.
const [PAUSE, TYPING, MANY, TYPING_IN_MANY] = [200, 40, 5_000, 250];
// When typing has come to rest: what is there by then is said, or that there is nothing.
const RESTING = 600;

const page = document.querySelector(".search");
const find = (selector) => page.querySelector(selector);
const [form, field, announcer] = [find(".search__form"), find(".search__field"), find("#bao-ket-qua")];
const [results, list, count, advice] = [find(".search__results"), find(".results-list"), find(".search__count"), find(".search__advice")];
const [filters, filterFold] = [find(".browse__facets"), find(".filters")];
const wide = matchMedia("(min-width: 60rem)");
const [chips, more, nothing, suggestions, titles] = [find(".chips"), find(".search__more"), find(".search__nothing"), find(".search__suggestions"), find(".titles")];
const facets = [...page.querySelectorAll("[data-facet]")].map((element) => ({
  element,
  name: element.dataset.facet,
  title: element.querySelector(".filters__title").textContent,
  // The kinds of place that a label may have before the name.
  kinds: element.dataset.kinds,
  links: [...element.querySelectorAll(".facet__link")].map((link) => ({
    link, value: link.dataset.value, href: link.href, label: link.firstElementChild.textContent,
    count: link.querySelector(".facet__count"), all: link.querySelector(".facet__count").textContent,
  })),
}));
const pageTitle = document.title;

let opening = null;
let size = 0;
let ticket = 0;
let shown = PER_STEP;
// How much is fetched to find all that there is; more each time more is asked for.
let effort = 1;
let answered = null;
// Counts the results in the filters, once these are seen.
let countFacets = null;
// The next change of the query is a step of its own for the back button.
let settled = true;
const timers = [];
let lastKey = 0;

const index = () => {
  opening ??= openIndex(page.dataset.index);
  opening.then((opened) => { size = opened.size; }, () => { opening = null; });
  return opening;
};

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

function readAddress(target = location.search) {
  const given = new URL(target, location).searchParams;
  const chosen = new Map();
  for (const { name, links } of facets) {
    if (links.some(({ value }) => value === given.get(name))) chosen.set(name, given.get(name));
  }
  return { query: given.get("q") ?? "", chosen };
}

function address(query, chosen) {
  const parts = [...(query.trim() ? [["q", query.trim()]] : []), ...chosen];
  return location.pathname + (parts.length ? `?${new URLSearchParams(parts)}` : "");
}

const without = (chosen, name) => new Map([...chosen].filter(([other]) => other !== name));

// Answers what an address asks for; `keep` puts it where the reader sees it, which while typing may wait for results.
async function run({ target = location.search, keep = () => {}, typing = false, rested = false, again = null, atOnce = AT_ONCE } = {}) {
  ticket += 1;
  const mine = ticket;
  // Only what typing comes to rest at is said.
  clearTimeout(timers[1]);
  clearTimeout(timers[2]);
  timers[2] = null;
  const { query, chosen } = readAddress(target);
  const settle = () => {
    keep();
    document.title = query ? `${query} – ${pageTitle}` : pageTitle;
  };
  if (!typing || !query.trim()) settle();
  if (!query.trim() && !chosen.size) {
    showTitles();
    return;
  }
  try {
    const opened = await index();
    if (mine !== ticket) return;
    const units = readQuery(query, opened, typing);
    let said = query.trim();
    // A word still being typed that says nothing yet leaves what the others say; alone, what is there; but not for long.
    if (typing && !rested && units.length && !units.at(-1).alternatives.length) {
      timers[2] = setTimeout(() => run({ target, keep, typing, rested: true }), RESTING);
      said = query.slice(0, query.lastIndexOf(units.pop().words[0].written)).trim();
      if (!units.length) {
        // What is there may still be on its way to be complete.
        ticket -= 1;
        return;
      }
    }
    const limits = await Promise.all([...chosen].map(([name]) => opened.facet(name)));
    const fits = (entry) => limits.every(({ name, valueOf }) => valueOf(entry) === chosen.get(name));
    const found = again ?? await findEntries(units, opened, fits, query, () => mine === ticket);
    if (mine !== ticket) return;
    const kept = found.entries.filter(fits);
    const load = (from, to) => Promise.all(kept.slice(from, to).map((number) => opened.entry(number)));
    const entries = await load(0, atOnce);
    if (mine !== ticket) return;
    results.setAttribute("aria-busy", "true");
    showChips(query, chosen);
    showResults({ query, said, chosen, units, entries, total: kept.length, found, opened });
    announce(found, kept.length, said, rested ? 0 : RESTING);
    await painted();
    if (mine !== ticket) return;
    settle();
    filters.hidden = !found.entries.length;
    answered = found;
    countFacets = async () => {
      const read = await Promise.all(facets.map(({ name }) => opened.facet(name)));
      if (mine === ticket) showFacets(read, found, query, chosen);
    };
    // What is folded away is counted when it is unfolded.
    const [others] = await Promise.all([load(atOnce, shown), wide.matches || filterFold.open ? countFacets() : null]);
    if (mine !== ticket) return;
    list.append(...others.map((entry) => item(entry, units)));
    more.hidden = kept.length <= shown && !found.least;
    results.removeAttribute("aria-busy");
  } catch {
    if (mine !== ticket) return;
    if (await isOutdated()) {
      history.replaceState(null, "", address(query, chosen));
      location.reload();
      return;
    }
    settle();
    results.hidden = false;
    results.removeAttribute("aria-busy");
    count.textContent = "Chưa tải được dữ liệu tìm kiếm. Xin xem lại đường mạng rồi tải lại trang; danh sách mọi bài vẫn ở dưới đây.";
    list.replaceChildren();
    more.hidden = true;
    titles.hidden = false;
  }
}

async function findEntries(units, opened, fits, query, isWanted) {
  if (!units.length) {
    return { entries: query.trim() ? [] : Array.from({ length: opened.size }, (_, number) => number), partial: false, least: false };
  }
  for (;;) {
    const found = await search(units, opened, fits, effort);
    // That nothing is found is said when everything has been looked at, and not before.
    if (!found.least || found.entries.some(fits) || !isWanted()) return found;
    effort *= 4;
  }
}

// The index of a page that was opened before the last publishing has gone with what it told.
async function isOutdated() {
  try {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    return answer.ok && !(await answer.text()).includes(`data-index="${page.dataset.index}"`);
  } catch {
    return false;
  }
}

const painted = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });

function showTitles() {
  countFacets = null;
  results.hidden = true;
  nothing.hidden = true;
  titles.hidden = false;
  filters.hidden = false;
  announcer.textContent = "";
  for (const { element: part, links } of facets) {
    part.hidden = false;
    for (const { link, href, count: number, all } of links) {
      link.parentElement.hidden = false;
      link.href = href;
      number.textContent = all;
      link.removeAttribute("aria-current");
    }
  }
}

function showFacets(read, found, query, chosen) {
  const fits = (entry, except) => read.every(({ name, valueOf }) => name === except || !chosen.has(name) || valueOf(entry) === chosen.get(name));
  for (const { element: part, name, links } of facets) {
    const { valueOf } = read.find((facet) => facet.name === name);
    const counts = new Map();
    for (const entry of found.entries) if (fits(entry, name)) counts.set(valueOf(entry), (counts.get(valueOf(entry)) ?? 0) + 1);
    let any = false;
    for (const { link, value, count: number } of links) {
      const here = chosen.get(name) === value;
      const many = counts.get(value) ?? 0;
      number.textContent = many.toLocaleString("vi") + (found.least ? "+" : "");
      link.parentElement.hidden = !many && !here;
      link.href = address(query, here ? without(chosen, name) : new Map(chosen).set(name, value));
      if (here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      any ||= !link.parentElement.hidden;
    }
    part.hidden = !any;
  }
}

function showChips(query, chosen) {
  chips.replaceChildren(...[...chosen].map(([name, value]) => {
    const { label } = facets.find((facet) => facet.name === name).links.find((link) => link.value === value);
    const link = element("a", "", `${label} ×`);
    link.href = address(query, without(chosen, name));
    link.setAttribute("aria-label", `Bỏ lọc ${label}`);
    return element("li", "", link);
  }));
  chips.hidden = chosen.size === 0;
}

// How many there are, or how many at least.
const howMany = (total, { least }) => `${least ? "ít nhất " : ""}${total.toLocaleString("vi")}`;

function showResults({ query, said, chosen, units, entries, total, found, opened }) {
  titles.hidden = true;
  results.hidden = total === 0 && !chosen.size;
  nothing.hidden = total > 0;
  count.replaceChildren(element("strong", "", howMany(total, found)), " kết quả", said ? " cho " : "", said ? element("strong", "", said) : "");
  showAdvice(query, chosen, units, found.partial, opened);
  list.replaceChildren(...entries.map((entry) => item(entry, units)));
  if (!total) showNothing(query, chosen, units, found, opened);
}

// Says the count to who does not see it: politely, and once, when typing has come to rest.
function announce(found, total, said, after) {
  timers[1] = setTimeout(() => {
    // What is shown is soon replaced by what is so.
    if (timers[2]) return;
    announcer.textContent = total ? `${howMany(total, found)} kết quả${said ? ` cho ${said}` : ""}${found.partial ? ", chỉ có một phần các chữ" : ""}` : nothing.querySelector(".empty__title").textContent;
  }, after);
}

function pieces(parts) {
  return parts.map(([text, marked]) => (marked ? element("mark", "", text) : text));
}

function item(entry, units) {
  const filed = element("p", "filed",
    entry.field && element("span", `field field--${entry.field}`, entry.fieldName),
    element("span", "filed__commune", [entry.commune, entry.kind, entry.date, entry.site && `trên trang ${entry.site}`].filter(Boolean).join(" · ")),
    entry.mark && element("span", "tag tag--sample", entry.mark));
  const link = element("a", "", ...pieces(markAll(entry.title, units)));
  link.href = entry.url;
  return element("li", "result", element("article", "", filed,
    element("h3", "result__title", link),
    entry.name && element("p", "result__name", ...pieces(markAll(entry.name, units))),
    element("p", "result__excerpt", ...pieces(excerpt(entry, units)))));
}

// Offers the query again with each unknown word put right.
function corrected(query, units, opened) {
  let better = query;
  for (const { words: [word], alternatives } of units) {
    if (alternatives.some((wanted) => wanted.every(({ key }) => opened.has(key)))) continue;
    const known = /^\D/.test(word.key) && word.key.length > 1 && correct(word.key, opened);
    if (known) better = better.replace(word.written, known);
  }
  return better === query ? null : better;
}

function suggestion(text, label, href) {
  const link = element("a", "", label);
  link.href = href;
  return element("p", "", text, link, ".");
}

function showAdvice(query, chosen, units, partial, opened) {
  const better = partial ? corrected(query, units, opened) : null;
  advice.hidden = !partial;
  advice.replaceChildren(partial ? "Không bài nào có đủ các chữ; dưới đây là những bài có một phần. " : "");
  if (better) {
    const link = element("a", "", better);
    link.href = address(better, chosen);
    advice.append("Ý bạn là ", link, "?");
  }
}

function showNothing(query, chosen, units, found, opened) {
  const unfiltered = found.entries.length;
  const said = query.trim();
  nothing.querySelector(".empty__title").textContent = unfiltered ? "Không có kết quả nào khớp cả các điều kiện lọc." : `Không tìm thấy “${said}”.`;
  suggestions.replaceChildren();
  if (unfiltered) {
    suggestions.append(suggestion("Bỏ các điều kiện lọc để xem ", `${found.least ? "" : "cả "}${howMany(unfiltered, found)} kết quả`, address(query, new Map())));
    return;
  }
  const better = corrected(query, units, opened);
  if (better) suggestions.append(suggestion("Ý bạn là ", better, address(better, new Map())));
  const near = nearestTerms(said);
  for (const { label, href, title } of near) {
    suggestions.append(suggestion(`${title} gần tên ấy: `, label, href));
  }
  if (!better && !near.length) suggestions.append(element("p", "", "Thử bớt chữ, hoặc gõ tên nơi, tên người."));
}

const squash = (text) => readWords(text).map(({ key }) => key).join("");

// The communes and fields whose names are most like what was typed.
function nearestTerms(said) {
  const wanted = squash(said);
  const terms = facets.filter(({ name }) => name === "xa" || name === "linh-vuc").flatMap(({ title, kinds, links }) => links.map((link) => ({ title, kinds, ...link })));
  return terms.map((term) => {
    const name = squash(term.label.replace(new RegExp(`\\(.*\\)|^(?:${term.kinds}) `, "giu"), ""));
    return { ...term, distance: editDistance(wanted, name) / Math.max(wanted.length, name.length) };
  }).filter(({ distance }) => distance <= 0.4).sort((a, b) => a.distance - b.distance).slice(0, 3);
}

function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

function visit(target, { replace = false, typing = false } = {}) {
  const keep = () => {
    if (target === location.pathname + location.search) return;
    history[replace || (typing && !settled) ? "replaceState" : "pushState"](null, "", target);
    settled = !typing;
  };
  [shown, effort] = [PER_STEP, 1];
  return run({ target, keep, typing });
}

field.addEventListener("focus", () => { index().catch(() => {}); }, { once: true });

field.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timers[0]);
  const answer = () => visit(address(field.value, readAddress().chosen), { typing: true });
  const paused = event.timeStamp - lastKey > PAUSE;
  lastKey = event.timeStamp;
  if (paused) answer();
  else timers[0] = setTimeout(answer, size > MANY ? TYPING_IN_MANY : TYPING);
});
// Telex and VNI keyboards compose: the word is there when they are done.
field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timers[0]);
  visit(address(field.value, readAddress().chosen), { replace: !settled });
  settled = true;
});

page.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
  settled = true;
  const target = new URL(link.href);
  if (target.pathname !== location.pathname || link.closest(".titles, .crumbs")) return;
  event.preventDefault();
  clearTimeout(timers[0]);
  const leaves = link.closest(".chips, .search__nothing, .search__advice");
  await visit(target.pathname + target.search);
  field.value = readAddress().query;
  // What was followed is gone; the count is where the reader is then.
  if (leaves) (results.hidden ? field : count).focus();
});

more.addEventListener("click", async () => {
  const first = shown;
  shown += PER_STEP;
  // Those that are shown stay where they are; where there may be more, more is looked at.
  if (answered.least) effort *= 4;
  await run({ atOnce: shown, again: answered.least ? null : answered });
  list.children[first]?.querySelector("a").focus();
});

addEventListener("popstate", () => {
  clearTimeout(timers[0]);
  settled = true;
  [shown, effort] = [PER_STEP, 1];
  field.value = readAddress().query;
  run();
});

filterFold.addEventListener("toggle", () => { if (filterFold.open) countFacets?.().catch(() => {}); });

find(".search__without").remove();
field.value = readAddress().query;
await run();
// Only now, so that nothing that is seen already moves.
if (wide.matches) filterFold.open = true;
