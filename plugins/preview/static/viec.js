// Starts commands from their cards and follows the running one, which may have been started in another tab or before the
// preview was restarted.
import { ask } from "./hoi.js";
import { describe } from "./so-tay.js";

const page = document.getElementById("cac-viec");
const panel = document.getElementById("dang-chay");
const title = document.getElementById("dang-chay-ten");
const lines = document.getElementById("cac-dong");
const bar = document.getElementById("tien-do");
const files = document.getElementById("tep");
const stopping = document.getElementById("dung");
const { url, token } = page.dataset;

const RUNNING = "running";
// Milliseconds between requests: about a running job, and for one started elsewhere.
const OFTEN = 300;
const SELDOM = 3000;

let shown = null;
let read = 0;
let timer;
let looking = false;
// Whether something was done during a request, which may have missed it.
let again = false;

// Shows the problems of a card's boxes beside them, and other failures under its button.
function tell(card, failure = {}) {
  const { lost = false, message = "", problems = {} } = failure;
  let first;
  for (const box of card.querySelectorAll("[data-option]")) {
    const problem = problems[box.dataset.option] ?? "";
    const control = box.querySelector("input, select");
    box.querySelector(".box__problem").textContent = problem;
    control.toggleAttribute("aria-invalid", Boolean(problem));
    if (problem) {
      control.setAttribute("aria-invalid", "true");
      first ??= control;
    }
  }
  first?.focus();
  const notice = card.querySelector(".notice");
  const text = lost ? "Mất liên lạc: lệnh xem thử đã dừng? Mở lại lệnh xem thử rồi bấm lại." : message;
  notice.replaceChildren(...describe(failure, text));
  notice.hidden = !message;
}

function buttonsOf(form) {
  return form.querySelectorAll("button:not([type])");
}

async function begin(card, pressed) {
  const form = card.querySelector("form");
  const [button, ...others] = buttonsOf(form);
  if (button.ariaDisabled === "true") return;
  for (const one of [button, ...others]) one.ariaDisabled = "true";
  // A second button is an option of its own.
  const values = Object.fromEntries(new FormData(form));
  if (pressed?.name) values[pressed.name] = pressed.value;
  let failure;
  try {
    await ask(`${url}chay`, token, { command: card.dataset.command, values });
  } catch (error) {
    failure = error;
  }
  for (const one of [button, ...others]) one.ariaDisabled = "false";
  tell(card, failure);
  await look();
  if (!failure) panel.scrollIntoView({ block: "nearest" });
}

function passed(seconds) {
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} phút ${seconds % 60} giây` : `${seconds} giây`;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function showFiles(made) {
  files.hidden = made.length === 0;
  files.replaceChildren(...made.map(({ name, url: address }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = `Tải ${name}`;
    item.append(link);
    return item;
  }));
}

function showProgress({ state, progress, seconds }) {
  bar.hidden = state !== RUNNING;
  const [label, drawn] = bar.children;
  setText(label, progress ? `${progress.what}: ${progress.done}/${progress.total}, đã ${passed(seconds)}` : `Đã ${passed(seconds)}`);
  if (progress) {
    drawn.max = Math.max(1, progress.total);
    drawn.value = progress.done;
  } else {
    drawn.removeAttribute("value");
  }
}

function show(job) {
  const isAnother = job.number !== shown?.number;
  if (isAnother) {
    read = 0;
    lines.replaceChildren();
    document.querySelector(`[data-command="${CSS.escape(job.command)}"]`)?.append(panel);
    panel.hidden = false;
  }
  const isAtEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 8;
  if (job.text) lines.append(job.text);
  if (isAtEnd) lines.scrollTop = lines.scrollHeight;
  read = job.end;
  stopping.hidden = job.state !== RUNNING;
  showProgress(job);
  showFiles(job.files);
  setText(title, `${job.label}: ${job.said}`);
  // The page as loaded shows the result of the last job already.
  const hasEnded = job.state !== RUNNING && (shown?.state === RUNNING || (isAnother && shown !== null));
  shown = { number: job.number, state: job.state };
  if (hasEnded) refresh();
}

async function load() {
  return new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
}

const REACHED = "summary, button, a";

// Updates releases and files on the page, but not the typed text.
async function refresh() {
  const fresh = await load();
  for (const old of document.querySelectorAll("[data-live]")) {
    const made = fresh.getElementById(old.id);
    if (!made) continue;
    if (old.matches("input")) {
      // Typed text stays.
      if (old.value === old.defaultValue) old.value = made.defaultValue;
      old.defaultValue = made.defaultValue;
    }
    if (made.innerHTML === old.innerHTML) continue;
    const { value } = old;
    // An open list stays open.
    const opened = [...old.querySelectorAll("details")].map((one) => one.open);
    const at = [...old.querySelectorAll(REACHED)].indexOf(document.activeElement);
    old.replaceChildren(...made.childNodes);
    for (const [number, one] of old.querySelectorAll("details").entries()) one.open = opened[number] ?? false;
    old.querySelectorAll(REACHED)[at]?.focus();
    if (value !== undefined && [...old.options].some((option) => option.value === value)) old.value = value;
  }
}

async function look() {
  again = looking;
  if (looking) return;
  looking = true;
  clearTimeout(timer);
  let wait = SELDOM;
  try {
    let job;
    do {
      // The last job; a new one is read from its first line.
      job = await (await fetch(`${url}tin?tu=${read}`)).json();
      if (job.number && job.number !== shown?.number && read) job = await (await fetch(`${url}tin?tu=0`)).json();
      if (job.number) show(job);
      else shown = { number: 0, state: "" };
    } while (job.text && job.state !== RUNNING);
    if (job.state === RUNNING) wait = OFTEN;
  } catch {
    setText(title, "Mất liên lạc: lệnh xem thử đã dừng? Việc đang chạy vẫn chạy; mở lại lệnh xem thử thì thấy.");
  }
  looking = false;
  if (again || !document.hidden) timer = setTimeout(look, again ? 0 : wait);
}

for (const card of document.querySelectorAll("[data-command]")) {
  const form = card.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(card, event.submitter);
  });
  for (const button of buttonsOf(form)) button.disabled = false;
}
stopping.addEventListener("click", () => ask(`${url}dung`, token, { number: shown?.number }).catch(() => {}));
document.addEventListener("visibilitychange", look);
look();
