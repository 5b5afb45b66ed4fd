// Shows that the preview does not respond, retries, and shows when it is back.
import { tell } from "./bao-tin.js";

const LOST = "Mất liên lạc với lệnh xem thử. Chữ đang gõ vẫn giữ trong máy này; trang tự thử lại, có lại là báo ngay.";
// Milliseconds between retries: short at first.
const SOONEST = 1000;
const LATEST = 8000;
let waiting = null;

addEventListener("mat-lien-lac", () => {
  if (waiting !== null) return;
  tell(LOST, { of: "connection", lasting: true, actions: [{ text: "Thử lại ngay", act: () => knock(SOONEST) }] });
  wait(SOONEST);
});

function wait(time) {
  clearTimeout(waiting);
  waiting = setTimeout(knock, time, time);
}

async function knock(time) {
  try {
    await fetch("/_xem-thu/hoi.js", { cache: "no-store" });
  } catch {
    wait(Math.min(time * 2, LATEST));
    return;
  }
  clearTimeout(waiting);
  waiting = null;
  tell("", { of: "connection" });
  dispatchEvent(new Event("co-lien-lac"));
}
