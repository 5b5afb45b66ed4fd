// What was typed -> units to look up, and the known word most like an unknown one.

import { readWords } from "./search-words.js";

// How much may be fetched, in characters, to complete a word that is still being typed.
const COMPLETION_BUDGET = 60_000;

// Splits a query into units: a word, a quoted phrase, or a name typed in one piece (dongxuan) or in too many (k rang).
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
