// The index of plugins/search/index_files.py, fetched piece by piece: each file once, when a query first needs it.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Uint8Array(128);
for (let i = 0; i < 64; i += 1) VALUES[DIGITS.charCodeAt(i)] = i;

// Calls back with each number of a text that `encode` made.
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
  const facets = Object.entries(contents.facets).map(([name, { values, of }]) => {
    const numbers = [];
    decode(of, (number) => numbers.push(number));
    return { name, values, valueOf: (entry) => values[numbers[entry] - 1] };
  });

  return {
    size: contents.entries,
    facets,
    has: (key) => shardOf.has(key),
    sizeOf: (key) => sizeOf.get(key) ?? 0,
    keys: () => shardOf.keys(),
    // How many characters these words would still cost to fetch.
    cost(keys) {
      const shards = new Set(keys.map((key) => shardOf.get(key)));
      return [...shards].reduce((sum, shard) => sum + (files.has(`${shard}.json`) ? 0 : shardSizes[shard]), 0);
    },
    entry: (number) => load(`${number}.bai.json`),
    // Returns by form: [entry, its places], both ascending.
    places(key) {
      if (!decoded.has(key)) {
        const reading = load(`${shardOf.get(key)}.json`)
          .then((shard) => Object.entries(shard[key]).map(([form, text]) => ({ form, list: readPlaces(text) })));
        reading.catch(() => decoded.delete(key));
        decoded.set(key, reading);
      }
      return decoded.get(key);
    },
  };
}

// For each entry: the step from the one before, how many places, and the steps between them.
function readPlaces(text) {
  const list = [];
  let entry = -1;
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
