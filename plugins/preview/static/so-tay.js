// Links to the paragraph of the handbook that explains a problem or a refusal.

// Opened in another window, so that the form stays open.
export function explain({ handbook, explained }) {
  const link = document.createElement("a");
  link.className = "handbook";
  link.href = handbook;
  link.target = "so-tay";
  link.textContent = explained;
  const where = document.createElement("span");
  where.className = "unseen";
  where.textContent = " (mở ở trang khác)";
  link.append(where);
  return link;
}

// A failure of `ask` as text and link; one without a response from the server has no link.
export function describe(failure, text = failure.message) {
  return failure?.handbook ? [`${text} `, explain(failure)] : [text];
}
