// A query -> the entries that match, best first.
//
// Every word must be there, in any order; what stands in quotes must stand together. A word is looked up without its
// marks; where the reader typed marks, what bears the same ones comes first. Words next to each other in the query
// count for more where they are next to each other in the text: most Vietnamese words are two syllables.

import { readWords } from "./search-words.js";

// Where the parts of an entry end (plugins/search/index_files.py) and what a word weighs in each.
const [NAMES, TERMS, TEXT] = [64, 128, 256];
const weigh = (place) => (place < NAMES ? 8 : place < TERMS ? 4 : place < TEXT ? 3 : 1);
// How much may be fetched, in characters, to complete a word that is still being typed.
const COMPLETION_BUDGET = 90_000;
const NEAR = 3;

// Splits a query into units: a word, a quoted phrase, or a name typed in one piece (dakwil) or in too many (cu k nia).
// A unit has alternatives; each is a list of words that follow one another.
export function readQuery(query, index, typing) {
  const units = [];
  query.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").normalize("NFC").split(/["“”«»]/).forEach((part, i, parts) => {
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

// A hit is one number, since there are thousands: its place, its length in words, and how well it fits.
const FITS = [0.4, 0.5, 0.9, 1];
const [OTHER_MARKS, COMPLETED, UNMARKED, EXACT] = [0, 1, 2, 3];
const hit = (place, length, fit) => place * 32 + length * 4 + fit;
const placeOf = (number) => number >> 5;
const lengthOf = (number) => (number >> 2) & 7;
const fitOf = (number) => number & 3;

// The hits of a unit by entry, ascending.
async function findUnit(unit, index) {
  const known = unit.alternatives.filter((words) => words.every(({ key }) => index.has(key)));
  const each = await Promise.all(known.map(async (words) => follow(await Promise.all(words.map((word) => findWord(word, index))))));
  return each.length === 1 ? each[0] : merge(each);
}

function merge(maps) {
  const merged = new Map();
  for (const found of maps) {
    for (const [entry, hits] of found) {
      const before = merged.get(entry);
      merged.set(entry, before ? before.concat(hits) : hits);
    }
  }
  for (const hits of merged.values()) hits.sort((a, b) => a - b);
  return merged;
}

// Where each word stands right after the one before.
function follow([first, ...rest]) {
  if (!rest.length) return first;
  const found = new Map();
  for (const [entry, hits] of first) {
    const others = rest.map((places) => new Map((places.get(entry) ?? []).map((number) => [placeOf(number), fitOf(number)])));
    const runs = [];
    for (const number of hits) {
      let fit = fitOf(number);
      const whole = others.every((places, i) => {
        const next = places.get(placeOf(number) + i + 1);
        fit = Math.min(fit, next ?? fit);
        return next !== undefined;
      });
      if (whole) runs.push(hit(placeOf(number), Math.min(7, rest.length + 1), fit));
    }
    if (runs.length) found.set(entry, runs);
  }
  return found;
}

const memory = new WeakMap();

// The hits of a word by entry. Who types without marks means any; who types marks means these.
function findWord(word, index) {
  if (!memory.has(index)) memory.set(index, new Map());
  const found = memory.get(index);
  const name = `${word.form} ${word.longer ?? ""}`;
  if (!found.has(name)) {
    const reading = readHits(word, index);
    reading.catch(() => found.delete(name));
    found.set(name, reading);
  }
  return found.get(name);
}

async function readHits(word, index) {
  const found = new Map();
  const rest = word.form === word.key ? UNMARKED : OTHER_MARKS;
  const forms = await index.places(word.key);
  for (const { form, list } of forms) {
    const fit = word.longer ? COMPLETED : form === word.form ? EXACT : rest;
    for (const [entry, places] of list) {
      const hits = places.map((place) => hit(place, 1, fit));
      const before = found.get(entry);
      found.set(entry, before ? before.concat(hits) : hits);
    }
  }
  if (forms.length > 1) for (const hits of found.values()) hits.sort((a, b) => a - b);
  return found;
}

// Returns {entries, partial}: entry numbers, best first; partial when no entry has every word.
export async function search(units, index) {
  const found = await Promise.all(units.map((unit) => findUnit(unit, index)));
  const rarity = found.map((hits) => Math.log(1 + index.size / (hits.size + 0.5)));
  const counts = new Map();
  for (const hits of found) for (const entry of hits.keys()) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  const quoted = found.filter((_, i) => units[i].quoted);
  const marked = units.map(({ words }) => words.some(({ key, form }) => key !== form));
  const ranked = [];
  let closest = 0;
  for (const [entry, count] of counts) {
    if (count < most || quoted.some((hits) => !hits.has(entry))) continue;
    const place = rank(entry, found, rarity, marked);
    closest = Math.max(closest, place.near);
    ranked.push(place);
  }
  // Words that only happen to stand in one long text are noise where others have them side by side.
  const kept = ranked.filter(({ near, head }) => head || near >= closest / 2);
  kept.sort((a, b) => b.exact - a.exact || b.score - a.score || a.entry - b.entry);
  return { entries: kept.map(({ entry }) => entry), partial: kept.length > 0 && most < units.length };
}

function rank(entry, found, rarity, marked) {
  const place = { entry, score: 0, near: 0, exact: 0, head: true };
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
    const end = place + lengthOf(a);
    while (from < next.length && placeOf(next[from]) < place - NEAR) from += 1;
    for (let i = from; i < next.length; i += 1) {
      const other = placeOf(next[i]);
      if (other > end - 1 + NEAR) break;
      if (other === place) continue;
      const fit = FITS[Math.min(fitOf(a), fitOf(next[i]))];
      best = Math.max(best, (other === end ? 1 : 0.4) * Math.min(weigh(place), weigh(other)) * fit);
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
