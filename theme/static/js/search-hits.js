// Where the words of a query stand: the hits of each unit by entry.
//
// A long word stands in so many entries that its places are not fetched whole. Of each of its entries only the foremost
// part is known at first: enough to count, and to know which are the best; `sharpen` then fetches the places in those.

// Where the parts of an entry begin (plugins/search/postings.py): title and name, terms, lead, text.
const STARTS = [0, 64, 128, 256];
export const TEXT = STARTS[3];
// What a word weighs in each.
export const weigh = (place) => (place < STARTS[1] ? 8 : place < STARTS[2] ? 4 : place < TEXT ? 3 : 1);

// How well a hit fits what was typed, and what that counts for.
export const [OTHER_MARKS, COMPLETED, UNMARKED, EXACT] = [0, 1, 2, 3];
export const FITS = [0.4, 0.5, 0.9, 1];

// A hit is one number, since there are thousands: its place, its length in words, and how well it fits. Without a
// length it is rough: it stands for one or more in a part.
const hit = (place, length, fit) => place * 32 + length * 4 + fit;
export const placeOf = (number) => number >> 5;
export const lengthOf = (number) => (number >> 2) & 7;
export const fitOf = (number) => number & 3;
export const isRough = (hits) => hits.some((number) => !lengthOf(number));
const ROUGH = STARTS.map((place) => [0, 1, 2, 3].map((fit) => [hit(place, 0, fit)]));

// What may be fetched of places in long words for one question, in characters; `least` when that was not enough.
export const makeBudget = (characters) => ({ left: characters, least: false });

// The hits of each unit by entry, entries ascending. Phrases, which need places, are looked for where the rest is.
export async function findUnits(units, index, budget) {
  const found = await Promise.all(units.map((unit) => (isPlain(unit) ? findPlain(unit, index) : null)));
  const plain = found.filter((hits) => hits?.size);
  for (let i = 0; i < units.length; i += 1) found[i] ??= await findPhrases(units[i], index, plain, budget);
  return found;
}

const isPlain = ({ alternatives }) => alternatives.every((words) => words.length === 1);

async function findPlain({ alternatives }, index) {
  const words = alternatives.flat().filter(({ key }) => index.has(key));
  return merge((await Promise.all(words.map((word) => findWord(word, index)))).map(({ hits }) => hits));
}

async function findPhrases({ alternatives }, index, others, budget) {
  const known = alternatives.filter((words) => words.every(({ key }) => index.has(key)));
  const each = [];
  for (const words of known) each.push(await follow(await Promise.all(words.map((word) => findWord(word, index))), others, budget));
  return merge(each);
}

function merge(maps) {
  if (maps.length === 1) return maps[0];
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
async function follow([first, ...rest], others, budget) {
  if (!rest.length) return first.hits;
  const words = [first, ...rest];
  if (words.some(({ segments }) => segments)) {
    const together = [...first.hits.keys()].filter((entry) => rest.every(({ hits }) => hits.has(entry)));
    const wanted = together.filter((entry) => others.every((hits) => hits.has(entry)));
    await sharpen(words, wanted.length ? wanted : together, budget, true);
  }
  const found = new Map();
  for (const [entry, hits] of first.hits) {
    const after = rest.map((word) => new Map((word.hits.get(entry) ?? []).map((number) => [placeOf(number), number])));
    const runs = [];
    for (const number of hits) {
      if (!lengthOf(number)) continue;
      let fit = fitOf(number);
      const whole = after.every((places, i) => {
        const next = places.get(placeOf(number) + i + 1);
        if (next === undefined || !lengthOf(next)) return false;
        fit = Math.min(fit, fitOf(next));
        return true;
      });
      if (whole) runs.push(hit(placeOf(number), Math.min(7, words.length), fit));
    }
    if (runs.length) found.set(entry, runs);
  }
  return found;
}

// Fetches where exactly long words stand in these entries, the best first, as far as the budget goes. Returns the
// segments that have come.
export async function sharpen(words, entries, budget, all = false) {
  const long = words.filter(({ segments }) => segments);
  const wanted = new Set();
  const seen = new Set();
  for (const entry of entries) {
    const number = long[0]?.segments.of(entry);
    if (number === undefined || seen.has(number)) continue;
    seen.add(number);
    const cost = long.reduce((sum, { segments, sharp }) => sum + (sharp.has(number) ? 0 : segments.cost(number)), 0);
    // One at least, however much there is in it.
    if (cost > budget.left && (wanted.size || budget.spent)) {
      budget.least ||= all;
      continue;
    }
    budget.left -= cost;
    budget.spent = true;
    wanted.add(number);
  }
  await Promise.all(long.flatMap((word) => [...wanted].map((number) => bring(word, number))));
  return wanted;
}

async function bring(word, number) {
  if (!word.segments.cost(number)) return;
  if (!word.sharp.has(number)) word.sharp.set(number, word.segments.load(number));
  try {
    for (const [entry, hits] of collect(await word.sharp.get(number), word.fits)) word.hits.set(entry, hits);
  } catch (fault) {
    word.sharp.delete(number);
    throw fault;
  }
}

const memory = new WeakMap();

// A word with its hits by entry. Who types without marks means any; who types marks means these.
export function findWord(word, index) {
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
  const rest = word.form === word.key ? UNMARKED : OTHER_MARKS;
  const fits = (form) => (word.longer ? COMPLETED : form === word.form ? EXACT : rest);
  const { forms, outlines, segments } = await index.word(word.key);
  if (forms) return { hits: collect(forms, fits) };
  const hits = new Map();
  for (const { form, list } of outlines) {
    for (const [entry, part] of list) {
      const before = hits.get(entry);
      // In two ways of writing: the better of each.
      const [number] = before ?? [hit(TEXT, 0, OTHER_MARKS)];
      const foremost = Math.min(part, STARTS.indexOf(placeOf(number)));
      hits.set(entry, ROUGH[foremost][Math.max(fits(form), fitOf(number))]);
    }
  }
  return { hits, fits, segments, sharp: new Map() };
}

function collect(forms, fits) {
  const found = new Map();
  for (const { form, list } of forms) {
    const fit = fits(form);
    for (const [entry, places] of list) {
      const hits = places.map((place) => hit(place, 1, fit));
      const before = found.get(entry);
      found.set(entry, before ? before.concat(hits) : hits);
    }
  }
  if (forms.length > 1) for (const hits of found.values()) hits.sort((a, b) => a - b);
  return found;
}
