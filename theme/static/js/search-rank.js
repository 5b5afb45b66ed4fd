// A query -> the entries that match, best first.
//
// Every word must be there, in any order; what stands in quotes must stand together. A word is looked up without its
// marks; where the reader typed marks, what bears the same ones comes first. Words next to each other in the query
// count for more where they are next to each other in the text: most Vietnamese words are two syllables.

import { readWords } from "./search-words.js";

// Where the parts of an entry begin (plugins/search/index_files.py) and what a word weighs there.
const PARTS = [[64, 8], [128, 4], [256, 3], [Infinity, 1]];
const TEXT = 256;
// How much may be fetched, in characters, to complete a word that is still being typed.
const COMPLETION_BUDGET = 90_000;
const NEAR = 3;

const weigh = (place) => PARTS.find(([end]) => place < end)[1];

// Splits a query into units: a word, a quoted phrase, or a name typed in one piece (dakwil) or in too many (cu k nia).
// A unit has alternatives; each is a list of words that follow one another.
export function readQuery(query, index, typing) {
  const units = [];
  query.normalize("NFC").split(/["“”«»]/).forEach((part, i, parts) => {
    const words = readWords(part);
    if (!words.length) return;
    const quoted = i % 2 === 1 && i < parts.length - 1;
    if (quoted) {
      units.push({ words, quoted, alternatives: [words] });
      return;
    }
    const last = typing && i === parts.length - 1 && !/\s$/.test(part);
    for (let n = 0; n < words.length; n += 1) {
      const [word, next] = [words[n], words[n + 1]];
      const together = next && joined(word, next);
      if (together && index.has(together.key)) {
        units.push({ words: [word, next], alternatives: [[together], [word, next]] });
        n += 1;
      } else {
        units.push(wordUnit(word, index, last && n === words.length - 1));
      }
    }
  });
  return units;
}

// "k nia" is one word where a consonant was set apart; "tu y" is two.
function joined(word, next) {
  const apart = /^[^aeiouy0-9]$/.test(word.key) || (/^\p{L}+$/u.test(word.key) && /^[0-9]$/.test(next.key));
  return apart ? { key: word.key + next.key, form: word.form + next.form } : null;
}

function wordUnit(word, index, unfinished) {
  const alternatives = index.has(word.key) ? [[word]] : [];
  if (unfinished && word.key.length > 1 && /^\D/.test(word.key)) {
    const longer = [...index.keys()].filter((key) => key.startsWith(word.key) && key !== word.key);
    if (index.cost(longer) <= COMPLETION_BUDGET) alternatives.push(...longer.map((key) => [{ key, form: key, longer: true }]));
  }
  if (!alternatives.length) {
    alternatives.push(...split(word.key, index).map((way) => way.map((key) => ({ key, form: key }))));
  }
  return { words: [word], alternatives };
}

// Cuts what was typed without spaces into the fewest words that the index knows; all the ways there are.
function split(key, index) {
  const ways = [[[]]];
  for (let end = 1; end <= key.length; end += 1) {
    ways[end] = [];
    for (let start = Math.max(0, end - 7); start < end; start += 1) {
      const piece = key.slice(start, end);
      // Of single letters only Y is a name: Y Khuin.
      if (!index.has(piece) || (piece.length < 2 && piece !== "y")) continue;
      const longer = ways[start].map((way) => [...way, piece]);
      const [least, fewest] = [longer[0]?.length ?? Infinity, ways[end][0]?.length ?? Infinity];
      if (least < fewest) ways[end] = longer;
      else if (least === fewest) ways[end].push(...longer);
    }
  }
  return ways[key.length].filter((way) => way.length > 1 && way.length < 5).slice(0, 6);
}

// The places of a unit by entry: place, length, how well it fits (1 as typed, less otherwise), ascending.
async function findUnit(unit, index) {
  const found = new Map();
  for (const words of unit.alternatives) {
    if (!words.every(({ key }) => index.has(key))) continue;
    const each = await Promise.all(words.map((word) => findWord(word, index)));
    const [first, ...rest] = each;
    for (const [entry, hits] of first) {
      const others = rest.map((places) => places.get(entry));
      if (others.some((places) => !places)) continue;
      for (const hit of hits) {
        const following = others.map((places, i) => places.find(({ place }) => place === hit.place + i + 1));
        if (following.some((next) => !next)) continue;
        const all = [hit, ...following];
        const fit = Math.min(...all.map((part) => part.fit));
        const list = found.get(entry) ?? [];
        list.push({ place: hit.place, length: words.length, fit, exact: all.every((part) => part.exact) });
        found.set(entry, list);
      }
    }
  }
  if (unit.alternatives.length > 1) for (const hits of found.values()) hits.sort((a, b) => a.place - b.place);
  return found;
}

async function findWord(word, index) {
  const found = new Map();
  const marked = word.form !== word.key;
  for (const { form, list } of await index.places(word.key)) {
    const exact = form === word.form;
    // Who types without marks means any; who types marks means these.
    const fit = word.longer ? 0.5 : exact ? 1 : marked ? 0.4 : 0.9;
    for (const [entry, places] of list) {
      const hits = found.get(entry) ?? [];
      for (const place of places) hits.push({ place, fit, exact });
      found.set(entry, hits);
    }
  }
  for (const hits of found.values()) hits.sort((a, b) => a.place - b.place);
  return found;
}

// Returns {entries, partial}: entry numbers, best first; partial when no entry has every word.
export async function search(units, index) {
  const places = await Promise.all(units.map((unit) => findUnit(unit, index)));
  const rarity = places.map((found) => Math.log(1 + index.size / (found.size + 0.5)));
  const counts = new Map();
  for (const found of places) for (const entry of found.keys()) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const quoted = units.map((unit, i) => unit.quoted && places[i]).filter(Boolean);
  let ranked = [...counts].filter(([entry, count]) => count === most && quoted.every((found) => found.has(entry)))
    .map(([entry]) => rank(entry, units, places, rarity));
  // Words that only happen to stand in one long text are noise where others have them side by side.
  const closest = Math.max(0, ...ranked.map(({ near }) => near));
  ranked = ranked.filter(({ near, head }) => head || near >= closest / 2);
  ranked.sort((a, b) => b.exact - a.exact || b.score - a.score || a.entry - b.entry);
  return { entries: ranked.map(({ entry }) => entry), partial: ranked.length > 0 && most < units.length };
}

function rank(entry, units, places, rarity) {
  const hits = places.map((found) => found.get(entry));
  let score = 0;
  let near = 0;
  let exact = 0;
  let head = true;
  hits.forEach((list, i) => {
    if (!list) return;
    let best = 0;
    let isExact = false;
    for (const { place, fit, exact: same } of list) {
      best = Math.max(best, weigh(place) * fit);
      isExact ||= same;
    }
    score += rarity[i] * (best + 0.5 * Math.log2(1 + list.length));
    if (isExact && units[i].words.some(({ key, form }) => key !== form)) exact += 1;
    if (list[0].place >= TEXT) head = false;
    const next = hits[i + 1];
    if (!next) return;
    const pair = closeness(list, next);
    if (pair > 0) near += 1;
    score += (rarity[i] + rarity[i + 1]) * 1.5 * pair;
  });
  return { entry, score, near, exact, head };
}

// How closely two neighbouring units of the query stand together, at their best: in order and touching is closest.
function closeness(list, next) {
  let best = 0;
  let from = 0;
  for (const a of list) {
    while (from < next.length && next[from].place < a.place - NEAR) from += 1;
    for (let i = from; i < next.length && next[i].place <= a.place + a.length - 1 + NEAR; i += 1) {
      const b = next[i];
      if (b.place === a.place) continue;
      const touching = b.place === a.place + a.length ? 1 : 0.4;
      best = Math.max(best, touching * Math.min(weigh(a.place), weigh(b.place)) * Math.min(a.fit, b.fit));
    }
  }
  return best;
}

// The known word most like an unknown one: a letter doubled, else one wrong, missing, too many, or two swapped.
export function correct(key, index) {
  const single = key.replace(/(.)\1/g, "$1");
  if (index.has(single)) return single;
  let best = null;
  for (const known of index.keys()) {
    if (/^\d/.test(known) || Math.abs(known.length - key.length) > 1 || !isOneOff(known, key)) continue;
    if (!best || index.sizeOf(known) > index.sizeOf(best)) best = known;
  }
  return best;
}

function isOneOff(a, b) {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
    || (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0]);
}
