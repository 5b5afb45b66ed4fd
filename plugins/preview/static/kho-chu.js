// Where this browser keeps words that are in no file yet: an entry for each page in which somebody typed, by the file's
// path and an id of that page alone. So two tabs, a copied one too, never write over each other.

// The parts of a story are no whole file: neither may be put where the other was.
export function nameStore(path, isWhole) {
  return `sua ${path}${isWhole ? " cả tệp" : ""}`;
}

export function makeId() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

// Returns whether the browser has taken it: it may have no room, or be told to store nothing.
export function put(name, id, text) {
  try {
    localStorage.setItem(`${name} ${id}`, JSON.stringify({ moment: Date.now(), text }));
    return true;
  } catch {
    return false;
  }
}

export function remove(name, id) {
  try {
    localStorage.removeItem(`${name} ${id}`);
  } catch {
    // What cannot be stored is not there.
  }
}

export function get(name, id) {
  try {
    return JSON.parse(localStorage.getItem(`${name} ${id}`));
  } catch {
    return null;
  }
}

export function listIds(name) {
  try {
    // As one entry for all pages was kept before.
    const text = localStorage.getItem(name);
    if (text && put(name, makeId(), text)) localStorage.removeItem(name);
    return Object.keys(localStorage).map((key) => idOf(name, key)).filter(Boolean).sort();
  } catch {
    return [];
  }
}

export function idOf(name, key) {
  const id = key?.startsWith(`${name} `) ? key.slice(name.length + 1) : "";
  return id.includes(" ") ? "" : id;
}

// For as long as this page is open, nobody else may offer what it keeps under its id.
export function hold(id) {
  navigator.locks?.request(`sua ${id}`, () => new Promise(() => {}));
}

// Calls back when the page of that id is closed or has crashed: at once where it was closed before.
export function whenLeft(id, then) {
  if (navigator.locks) navigator.locks.request(`sua ${id}`, { mode: "shared" }, then);
  else then();
}
