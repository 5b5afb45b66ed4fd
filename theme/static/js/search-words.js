// Reads words as plugins/search/words.py does: how each is looked up (key), how it was written (form), where it stands.

// \p{L} and the few numerals that are no plain digits are what Python calls a letter or a digit; marks may be loose.
const letter = "[\\p{L}\\p{Nl}\\p{No}]";
const apostrophe = "['’‘ʼʹ′`´]";
const WORD = new RegExp(`${letter}[\\p{L}\\p{Nl}\\p{No}\\u0300-\\u036f]*(?:${apostrophe}${letter}[\\p{L}\\p{Nl}\\p{No}\\u0300-\\u036f]*)*|[0-9]+(?:[.,][0-9]+)*`, "gu");
const TONES = { "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5" };
const PLAIN = { "¹": "1", "²": "2", "³": "3", "ð": "đ" };

const read = new Map();

// Syllables are few and come again and again: each is read once.
function readWord(written) {
  let word = read.get(written);
  if (!word) {
    word = analyse(written);
    read.set(written, word);
  }
  return word;
}

function analyse(written) {
  if (/^[0-9]/.test(written)) {
    const thousands = /^[0-9]{1,3}(?:[.,][0-9]{3})+$/.test(written);
    const number = written.replace(/[.,]/g, thousands ? "" : ",");
    return { key: number, form: number };
  }
  // What normal form C leaves loose is a mark that no reader types.
  const letters = written.normalize("NFC").toLowerCase()
    .replace(/[\u0300-\u036f'’‘ʼʹ′`´]/g, "").replace(/[¹²³ð]/g, (sign) => PLAIN[sign]);
  let tone = "";
  const toneless = letters.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
    tone ||= TONES[mark];
    return "";
  });
  const key = toneless.replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").replaceAll("ƀ", "b");
  return { key, form: toneless.normalize("NFC") + tone };
}

export function readWords(text) {
  const words = [];
  for (const found of text.matchAll(WORD)) {
    const { key, form } = readWord(found[0]);
    words.push({ key, form, written: found[0], start: found.index, end: found.index + found[0].length });
  }
  return words;
}
