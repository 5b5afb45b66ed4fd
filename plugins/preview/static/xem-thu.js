// Keeps an open page up to date: reloads it when it has changed, swaps the style sheet without reloading, and shows its
// problems. Added by the preview; no build has it.
(() => {
  const { src, dataset: { page: shown } } = document.currentScript;
  const address = location.pathname;
  const key = "xem-thu";
  let source;
  let bar;

  // The browser restores the scroll position itself, unless the page grew while loading.
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  sessionStorage.removeItem(key);
  if (kept?.address === address) scrollTo({ top: kept.top, behavior: "instant" });

  function reload() {
    // Someone is typing here, or the page is about to be left.
    if ("busy" in document.body.dataset) return;
    source.close();
    sessionStorage.setItem(key, JSON.stringify({ address, top: scrollY }));
    location.reload();
  }

  function swapStyle(style) {
    const links = [...document.querySelectorAll('link[rel="stylesheet"][href^="/theme/css/site"]')];
    if (!style || !links.length || links.at(-1).getAttribute("href") === style) return;
    const fresh = links.at(-1).cloneNode();
    fresh.href = style;
    // Removed when the new one has loaded, so that the page is never unstyled.
    fresh.addEventListener("load", () => links.forEach((link) => link.remove()));
    links.at(-1).after(fresh);
  }

  function make(tag, className, text = "") {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  function link(href, text) {
    const element = make("a", "", text);
    element.href = href;
    return element;
  }

  function listProblems(list, problems) {
    list.replaceChildren(...problems.map((problem) => {
      const line = make("li", "", ` ${problem.message}; ${problem.fix} `);
      line.append(link(problem.handbook, problem.explained));
      line.prepend(make("span", "place", `${problem.path}:${problem.line}`));
      return line;
    }));
    return list;
  }

  function openBar() {
    const host = document.createElement("div");
    host.id = "xem-thu";
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("xem-thu.css", src);
    const parts = {
      ribbon: make("div", "ribbon"),
      problems: make("details", "problems"),
      everywhere: make("ul", "everywhere"),
      bar: make("nav", "bar"),
      state: make("span", "bar__state"),
    };
    parts.said = make("div", "said");
    parts.said.setAttribute("role", "status");
    parts.said.append(parts.problems, parts.everywhere);
    // Scrollable by keyboard too.
    parts.everywhere.tabIndex = 0;
    parts.everywhere.setAttribute("aria-label", "Lỗi chung của mọi trang");
    parts.bar.setAttribute("aria-label", "Xem thử");
    parts.state.setAttribute("role", "status");
    parts.staff = link("/_ban-bien-tap/", "Ban biên tập");
    parts.phone = link(`/_xem-thu/dien-thoai?trang=${encodeURIComponent(address)}`, "Khổ điện thoại");
    parts.phone.className = "bar__phone";
    parts.edit = link("", "Sửa trang này");
    parts.spread = link("", "Lan tỏa");
    parts.bar.append(parts.staff, parts.phone, parts.edit, parts.spread, parts.state);
    // Shown once its style has loaded.
    host.hidden = true;
    style.addEventListener("load", () => { host.hidden = false; });
    root.append(style, parts.ribbon, parts.said, parts.bar);
    document.body.append(host);
    // Room for the bar at the end of the page, and above it for focused elements.
    new ResizeObserver(() => {
      const height = `${host.offsetHeight}px`;
      document.body.style.paddingBottom = height;
      document.documentElement.style.scrollPaddingBottom = height;
    }).observe(host);
    return parts;
  }

  function show({ mark, errors, problems, source }) {
    bar ??= openBar();
    bar.ribbon.textContent = mark;
    bar.ribbon.hidden = !mark;
    bar.edit.hidden = !source;
    bar.edit.href = `/_xem-thu/sua?tep=${encodeURIComponent(source)}`;
    bar.spread.hidden = !/^content\/bai-viet\/.*\/bai\.md$/.test(source);
    bar.spread.href = `/_xem-thu/lan-toa?tep=${encodeURIComponent(source)}`;
    bar.staff.textContent = errors ? `Ban biên tập: ${errors} lỗi` : "Ban biên tập";
    bar.state.textContent = "Đang theo dõi thay đổi";
    bar.state.classList.remove("bar__state--lost");
    const here = problems.filter((problem) => problem.here);
    const common = problems.filter((problem) => !problem.here);
    const isBroken = here.some((problem) => problem.level === "error");
    // A page about its problems lists them itself.
    bar.problems.hidden = here.length === 0 || "told" in document.body.dataset;
    // Advice is folded.
    if (isBroken !== bar.isBroken) bar.problems.open = isBroken;
    bar.isBroken = isBroken;
    const title = isBroken ? "Trang này có lỗi; sửa xong, trang tự hiện theo" : `Lời nhắc cho trang này: ${here.length}`;
    bar.problems.replaceChildren(
      make("summary", "problems__title", title), listProblems(make("ul", "problems__list"), here),
    );
    bar.everywhere.hidden = common.length === 0;
    listProblems(bar.everywhere, common);
  }

  function listen() {
    source = new EventSource(`/_xem-thu/su-kien?trang=${encodeURIComponent(address)}`);
    source.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      if (state.page !== shown) return reload();
      swapStyle(state.style);
      // Beside the phone's screen, not in it.
      if (window === window.top) show(state);
    };
    source.onerror = () => {
      if (!bar) return;
      bar.state.textContent = "Mất liên lạc: lệnh xem thử đã dừng?";
      bar.state.classList.add("bar__state--lost");
    };
  }

  // Browsers limit connections to a server: only the visible page keeps one.
  document.addEventListener("visibilitychange", () => {
    source.close();
    if (!document.hidden) listen();
  });
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
