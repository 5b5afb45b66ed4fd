// A query -> the entries that match, best first.
//
// Every word must be there, in any order; what stands in quotes must stand together. A word is looked up without its
// marks; where the reader typed marks, what bears the same ones comes first. Words next to each other in the query
// count for more where they are next to each other in the text: most Vietnamese words are two syllables.

import {
  EXACT, FITS, TEXT, findUnits, findWord, fitOf, isRough, lengthOf, makeBudget, placeOf, sharpen, weigh,
} from "./search-hits.js";

const NEAR = 3;
// Of so many that seem best, where all words are frequent, it is looked up exactly where these stand.
const BEST = 40;
// How many characters of places that may cost; and how many finding the phrases, at the least effort.
const [BEST_BUDGET, PHRASE_BUDGET] = [120_000, 200_000];

// Returns {entries, partial, least}: entry numbers, best first; partial when no entry has every word; least when there
// may be more than these, since more would have to be fetched: `effort` says how much. `fits` tells what will be kept.
export async function search(units, index, fits = () => true, effort = 1) {
  const budget = makeBudget(PHRASE_BUDGET * effort);
  let found = await findUnits(units, index, budget);
  let ranked = rankAll(units, found, index);
  const words = (await Promise.all(units.flatMap(({ alternatives }) => alternatives.flat())
    .filter(({ key }) => index.has(key)).map((word) => findWord(word, index)))).filter(({ segments }) => segments);
  if (units.length > 1 && words.length) {
    const best = ranked.filter(({ entry }) => fits(entry)).slice(0, BEST).filter(({ rough }) => rough);
    await sharpen(words, best.map(({ entry }) => entry), makeBudget(BEST_BUDGET));
    found = await findUnits(units, index, budget);
    ranked = rankAll(units, found, index);
  }
  const partial = ranked.length > 0 && ranked[0].count < units.length;
  return { entries: ranked.map(({ entry }) => entry), partial, least: budget.least };
}

function rankAll(units, found, index) {
  const rarity = found.map((hits) => Math.log(1 + index.size / (hits.size + 0.5)));
  const marked = units.map(({ words }) => words.some(({ key, form }) => key !== form));
  const quoted = found.filter((_, i) => units[i].quoted);
  const ranked = [];
  let closest = 0;
  for (const [entry, count] of inMost(found)) {
    if (quoted.some((hits) => !hits.has(entry))) continue;
    const place = rank(entry, count, found, rarity, marked);
    closest = Math.max(closest, place.near);
    ranked.push(place);
  }
  // Words that only happen to stand in one long text are noise where others have them side by side.
  const kept = ranked.filter(({ near, head, rough }) => head || rough || near >= closest / 2);
  return kept.sort((a, b) => b.exact - a.exact || b.score - a.score || a.entry - b.entry);
}

// The entries that have most of the units, with how many.
function inMost(found) {
  // Begun at the rarest: mostly there is an entry that has all, and then no other needs to be counted.
  const [rarest, ...others] = [...found].sort((a, b) => a.size - b.size);
  const all = [...rarest.keys()].filter((entry) => others.every((hits) => hits.has(entry)));
  if (all.length) return all.map((entry) => [entry, found.length]);
  const counts = new Map();
  for (const hits of found) for (const entry of hits.keys()) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  return [...counts].filter(([, count]) => count === most);
}

function rank(entry, count, found, rarity, marked) {
  const place = { entry, count, score: 0, near: 0, exact: 0, head: true, rough: false };
  for (let i = 0; i < found.length; i += 1) {
    const hits = found[i].get(entry);
    if (!hits) continue;
    let best = 0;
    let exact = false;
    for (const number of hits) {
      best = Math.max(best, weigh(placeOf(number)) * FITS[fitOf(number)]);
      exact ||= fitOf(number) === EXACT;
    }
    place.score += rarity[i] * (best + 0.5 * Math.log2(1 + hits.length));
    if (exact && marked[i]) place.exact += 1;
    if (placeOf(hits[0]) >= TEXT) place.head = false;
    const next = found[i + 1]?.get(entry);
    if (!next) continue;
    if (isRough(hits) || isRough(next)) place.rough = true;
    const pair = closeness(hits, next);
    if (pair > 0) place.near += 1;
    place.score += (rarity[i] + rarity[i + 1]) * 1.5 * pair;
  }
  return place;
}

// How closely two neighbouring units of the query stand together, at their best: in order and touching is closest.
function closeness(hits, next) {
  let best = 0;
  let from = 0;
  for (const a of hits) {
    const place = placeOf(a);
    if (!lengthOf(a)) continue;
    const end = place + lengthOf(a);
    while (from < next.length && placeOf(next[from]) < place - NEAR) from += 1;
    for (let i = from; i < next.length; i += 1) {
      const other = placeOf(next[i]);
      if (other > end - 1 + NEAR) break;
      if (other === place || !lengthOf(next[i])) continue;
      const fit = FITS[Math.min(fitOf(a), fitOf(next[i]))];
      best = Math.max(best, (other === end ? 1 : 0.4) * Math.min(weigh(place), weigh(other)) * fit);
    }
  }
  return best;
}

