// Sends a request to the server with the token of the page; `what` is an action of the form, or an address. A failure is
// thrown as an Error with a message for staff: `lost` if there was no response, else with the `status`, the `problems` of
// single boxes, if any, and the paragraph of the handbook (`handbook`, `explained`). The window gets the event "mat-lien-lac" on a lost connection.
let fresh = "";

export async function ask(what, token, content, query = {}) {
  const used = fresh || token;
  let answer = await send(what, used, content, query);
  // The preview has been restarted since this page was loaded: the same page, requested again, has the new token.
  if (answer.status === 403 && (await renew(used))) answer = await send(what, fresh, content, query);
  const said = await read(answer);
  if (!answer.ok) {
    const failure = new Error(`${said.message}; ${said.fix}.`);
    const { problems, handbook, explained } = said;
    throw Object.assign(failure, { status: answer.status, problems, handbook, explained });
  }
  return said;
}

async function send(what, token, content, query) {
  try {
    const address = new URL(what, `${location.origin}/_xem-thu/sua/`);
    address.search = new URLSearchParams(query);
    return await fetch(address, {
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
    // It stopped in the middle of its response.
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
