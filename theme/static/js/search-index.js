// The index of plugins/search/index_files.py, fetched piece by piece: each file once, when a query first needs it.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let i = 0; i < 64; i += 1) VALUES[DIGITS.charCodeAt(i)] = i;

// Calls back with each number of a text that plugins/search/postings.py encoded.
function decode(text, each) {
  let value = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i += 1) {
    const digit = VALUES[text.charCodeAt(i)];
    value += (digit & 31) << shift;
    if (digit > 31) {
      shift += 5;
    } else {
      each(value);
      value = 0;
      shift = 0;
    }
  }
}

export async function openIndex(folder) {
  const files = new Map();
  const decoded = new Map();
  function load(name) {
    if (!files.has(name)) {
      const answer = fetch(folder + name).then((response) => {
        if (!response.ok) throw new Error(`${name}: ${response.status}`);
        return response.json();
      });
      // What failed once, as links do on a phone, may be asked for again.
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  }

  const contents = await load("muc-luc.json");
  const shardOf = new Map();
  const sizeOf = new Map();
  const shardSizes = contents.words.map((words, shard) => {
    let total = 0;
    words.split("|").forEach((key, i) => {
      const size = 2 ** DIGITS.indexOf(contents.sizes[shard][i]);
      if (!key) return;
      shardOf.set(key, shard);
      sizeOf.set(key, size);
      total += size;
    });
    return total;
  });
  const packs = packNumbers(contents.packs);

  return {
    size: contents.entries,
    has: (key) => shardOf.has(key),
    sizeOf: (key) => sizeOf.get(key) ?? 0,
    keys: () => shardOf.keys(),
    // How many characters these words would still cost to fetch.
    cost(keys) {
      const shards = new Set(keys.map((key) => shardOf.get(key)));
      return [...shards].reduce((sum, shard) => sum + (files.has(`${shard}.json`) ? 0 : shardSizes[shard]), 0);
    },
    // What a result shows of an entry.
    entry: async (number) => (await load(`${packs[number].pack}.bai.json`))[packs[number].at],
    // What entries are filtered by under this name.
    facet(name) {
      if (!decoded.has(`/${name}`)) {
        const reading = load(`${name}.loc.json`).then(({ values, of }) => {
          const numbers = numbersOf(of);
          return { name, values, valueOf: (entry) => values[numbers[entry] - 1] };
        });
        reading.catch(() => decoded.delete(`/${name}`));
        decoded.set(`/${name}`, reading);
      }
      return decoded.get(`/${name}`);
    },
    // Where a word stands: {forms} with [entry, its places], both ascending; of a long word {outlines, segments}.
    word(key) {
      if (!decoded.has(key)) {
        const shard = shardOf.get(key);
        const reading = load(`${shard}.json`).then((words) => (Array.isArray(words[key])
          ? readLongWord(words[key], contents.segment, (segment) => load(`${shard}-${segment}.json`))
          : { forms: readForms(words[key]) }));
        reading.catch(() => decoded.delete(key));
        decoded.set(key, reading);
      }
      return decoded.get(key);
    },
  };
}

function numbersOf(text) {
  const numbers = [];
  decode(text, (number) => numbers.push(number));
  return numbers;
}

// For each entry the pack that it stands in, and where.
function packNumbers(lengths) {
  const packs = [];
  numbersOf(lengths).forEach((length, pack) => {
    for (let at = 0; at < length; at += 1) packs.push({ pack, at });
  });
  return packs;
}

const readForms = (forms, from = 0) => Object.entries(forms).map(([form, text]) => ({ form, list: readPlaces(text, from) }));

// Of a word in very many entries: at once only which ones, as [entry, number of the foremost part]; the places later,
// by segment of the entries.
function readLongWord([forms, lengths], segment, load) {
  const outlines = Object.entries(forms).map(([form, text]) => {
    const list = [];
    let entry = -1;
    decode(text, (number) => {
      entry += (number >> 2) + 1;
      list.push([entry, number & 3]);
    });
    return { form, list };
  });
  const costs = numbersOf(lengths);
  return {
    outlines,
    segments: {
      of: (entry) => Math.floor(entry / segment),
      cost: (number) => costs[number] ?? 0,
      load: async (number) => readForms(await load(number), number * segment),
    },
  };
}

// For each entry: the step from the one before, how many places, and the steps between them.
function readPlaces(text, from) {
  const list = [];
  let entry = from - 1;
  let places = null;
  let left = -1;
  let place = 0;
  decode(text, (number) => {
    if (left === -1) {
      entry += number;
      left = 0;
    } else if (left === 0) {
      left = number;
      places = [];
      place = 0;
      list.push([entry, places]);
    } else {
      place += number;
      places.push(place);
      left -= 1;
      if (left === 0) left = -1;
    }
  });
  return list;
}
