// Storage for unsaved text in this browser: an entry for each page, by the path of the file and an id of the page, so
// that two tabs, even a duplicated one, never overwrite each other.

// The parts of a story and its whole text are kept apart, as neither can replace the other.
export function nameStore(path, isWhole) {
  return `sua ${path}${isWhole ? " cả tệp" : ""}`;
}

export function makeId() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

// Returns whether the browser has stored it: storage may be full or forbidden.
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
    // Without storage there are no entries.
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
    return Object.keys(localStorage).map((key) => idOf(name, key)).filter(Boolean).sort();
  } catch {
    return [];
  }
}

export function idOf(name, key) {
  const id = key?.startsWith(`${name} `) ? key.slice(name.length + 1) : "";
  return id.includes(" ") ? "" : id;
}

// While this page is open, no other page may offer the entry of its id.
export function hold(id) {
  navigator.locks?.request(`sua ${id}`, () => new Promise(() => {}));
}

// Calls back when the page of an id is closed or has crashed; at once if it is closed already.
export function whenLeft(id, then) {
  if (navigator.locks) navigator.locks.request(`sua ${id}`, { mode: "shared" }, then);
  else then();
}
