// Asks the server to do something, by the token that shows that the page is one of its own.
export async function ask(what, token, content, query = {}) {
  let answer;
  try {
    answer = await fetch(`/_xem-thu/sua/${what}?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: { "X-Xem-Thu": token },
      body: content instanceof Blob ? content : JSON.stringify(content),
    });
  } catch {
    throw new Error("Mất liên lạc: lệnh xem thử đã dừng? Chữ đang gõ vẫn còn trong trang này.");
  }
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${said.message}; ${said.fix}.`);
  return said;
}

export function formAddress(path) {
  return `/_xem-thu/sua?tep=${encodeURIComponent(path)}`;
}
