// Asks the server to do something, by the token that shows that the page is one of its own.
// What went wrong is an Error that says it in words; `lost` when nobody answered, else with the `status`. Whoever wants
// to know listens to the window for "mat-lien-lac".
let fresh = "";

export async function ask(what, token, content, query = {}) {
  const used = fresh || token;
  let answer = await send(what, used, content, query);
  // The preview was started anew since this page was made: the same page, asked for again, has the token of now.
  if (answer.status === 403 && (await renew(used))) answer = await send(what, fresh, content, query);
  const said = await read(answer);
  if (!answer.ok) throw Object.assign(new Error(`${said.message}; ${said.fix}.`), { status: answer.status });
  return said;
}

async function send(what, token, content, query) {
  try {
    return await fetch(`/_xem-thu/sua/${what}?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: { "X-Xem-Thu": token },
      body: content instanceof Blob ? content : JSON.stringify(content),
    });
  } catch {
    throw lose();
  }
}

async function read(answer) {
  try {
    return await answer.json();
  } catch {
    // It stopped in the middle of its answer.
    throw lose();
  }
}

function lose() {
  window.dispatchEvent(new Event("mat-lien-lac"));
  const what = "Mất liên lạc: lệnh xem thử đã dừng? Chữ đang gõ vẫn còn trong trang này.";
  return Object.assign(new Error(what), { lost: true });
}

async function renew(used) {
  if (fresh && fresh !== used) return true;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    fresh = page.querySelector("[data-token]")?.dataset.token ?? "";
    return fresh && fresh !== used;
  } catch {
    return false;
  }
}

export function formAddress(path) {
  return `/_xem-thu/sua?tep=${encodeURIComponent(path)}`;
}
