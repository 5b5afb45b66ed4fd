// Which words of an entry to show, and which of them to mark, as they are written there.

import { readWords } from "./search-words.js";

const MOST_WORDS = 36;
const NEAR = 3;

// Returns the words of a text that answer the query: {start, end, unit, exact}, start and end in characters.
function findMatches(text, units) {
  const words = wordsOf(text);
  const beginnings = beginningsOf(units);
  const matches = [];
  for (let i = 0; i < words.length; i += 1) {
    for (const [number, wanted] of beginnings.get(words[i].key) ?? []) {
      if (!wanted.every(({ key }, j) => words[i + j]?.key === key)) continue;
      const exact = wanted.every(({ form }, j) => words[i + j].form === form);
      matches.push({ first: i, last: i + wanted.length - 1, unit: number, exact });
    }
  }
  return { words, matches: matches.length > 1 ? choose(matches, units) : matches };
}

// Each key brings much the same entries again.
const texts = new Map();

function wordsOf(text) {
  if (!texts.has(text)) {
    if (texts.size > 2000) texts.clear();
    texts.set(text, readWords(text));
  }
  return texts.get(text);
}

// The alternatives of a query, with the number of their unit, by the word that they begin with.
const byUnits = new WeakMap();

function beginningsOf(units) {
  if (!byUnits.has(units)) {
    const beginnings = new Map();
    units.forEach(({ alternatives }, number) => {
      for (const wanted of alternatives) {
        const { key } = wanted[0];
        beginnings.set(key, [...(beginnings.get(key) ?? []), [number, wanted]]);
      }
    });
    byUnits.set(units, beginnings);
  }
  return byUnits.get(units);
}

// Where words stand side by side, or with the marks that were typed, others that only look like them stay unmarked.
function choose(matches, units) {
  const marked = units.map(({ words }) => words.some(({ key, form }) => key !== form));
  const exact = new Set(matches.filter((match) => match.exact).map(({ unit }) => unit));
  const fitting = matches.filter((match) => match.exact || !marked[match.unit] || !exact.has(match.unit));
  const beside = (reach) => new Set(fitting.filter((a, i) => fitting.slice(Math.max(0, i - 6), i + 7)
    .some((b) => a.unit !== b.unit && Math.max(a.first - b.last, b.first - a.last) <= reach && a.first !== b.first)));
  const [touching, near] = [beside(1), beside(NEAR)];
  const unitsOf = (some) => new Set([...some].map(({ unit }) => unit));
  const [touchingUnits, nearUnits] = [unitsOf(touching), unitsOf(near)];
  return fitting.filter((match) => (touchingUnits.has(match.unit) ? touching.has(match)
    : !nearUnits.has(match.unit) || near.has(match)));
}

// Returns [text, is marked] pieces of the text from one word to another.
function cut({ text, words, matches }, from, to) {
  const start = from === 0 ? 0 : words[from].start;
  const end = to >= words.length ? text.length : words[to - 1].end;
  const pieces = [];
  let at = start;
  for (const { first, last } of matches) {
    if (first < from || last >= to || words[last].end <= at) continue;
    const begin = Math.max(at, words[first].start);
    const between = text.slice(at, begin);
    const before = pieces.at(-1);
    // Marked words with only a space or a hyphen between them are one mark.
    if (before?.[1] && /^[\s-]$/.test(between)) {
      before[0] += between + text.slice(begin, words[last].end);
    } else {
      if (between) pieces.push([between, false]);
      pieces.push([text.slice(begin, words[last].end), true]);
    }
    at = words[last].end;
  }
  if (at < end) pieces.push([text.slice(at, end), false]);
  if (from > 0) pieces.unshift(["… ", false]);
  if (to < words.length) pieces.push([" …", false]);
  return pieces;
}

export function markAll(text, units) {
  const found = { text, ...findMatches(text, units) };
  return cut(found, 0, found.words.length);
}

// The stretch that answers most: as many words of the query as can be had, the lead before the text. What stands
// beside a story (results, writer) is shown only for words that the result does not show already.
export function excerpt({ title, name = "", commune = "", lead = "", text = "", more = "" }, units) {
  const above = new Set(findMatches([title, name, commune].join("\n"), units).matches.map(({ unit }) => unit));
  let best = null;
  const consider = (line, counts) => {
    const found = { text: line, ...findMatches(line, units) };
    for (const { first } of found.matches.length ? found.matches : [{ first: 0 }]) {
      const inside = found.matches.filter((match) => counts(match) && match.first >= first && match.last < first + MOST_WORDS - 8);
      const score = new Set(inside.map(({ unit }) => unit)).size * 10 + Math.min(inside.length, 5)
        + inside.filter(({ exact }) => exact).length * 0.1;
      if (!best || score > best.score) best = { score, found, first };
    }
  };
  for (const line of [lead, ...text.split("\n")]) if (line) consider(line, () => true);
  for (const line of more.split("\n")) if (line) consider(line, ({ unit }) => !above.has(unit));
  if (!best) return [];
  const { words } = best.found;
  const from = words.length <= MOST_WORDS ? 0 : Math.max(0, Math.min(best.first - 8, words.length - MOST_WORDS));
  return cut(best.found, from, Math.min(words.length, from + MOST_WORDS));
}
