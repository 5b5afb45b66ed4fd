// Eleventy for the same stories: the page set of our site as far as it is shared, markdown-it with extensions
// comparable to ours, no transforms. The extensions are found through NODE_PATH.
const parts = require("./parts.cjs");
const said = require("./data/lists.json");

const PER_PAGE = 24;
const NEWS = "/bai-viet/";
const byDate = (a, b) => b.date - a.date;

module.exports = (config) => {
  const markdown = require("markdown-it")({ html: false, typographer: true, quotes: "“”‘’" });
  for (const name of ["abbr", "attrs", "deflist", "footnote"]) {
    const plugin = require(`markdown-it-${name}`);
    markdown.use(plugin.default ?? plugin);
  }
  markdown.use(require("markdown-it-anchor").default, { tabIndex: false });
  config.setLibrary("md", markdown);
  config.addPassthroughCopy({ "style.css": "style.css" });

  let lists;
  const collect = (api) => {
    // Once a build, for all that ask.
    if (lists?.api === api.getAll().length) return lists;
    const stories = api.getFilteredByTag("bai").sort(byDate);
    const all = new Map([[NEWS, { ...said[NEWS], stories }]]);
    for (const story of stories) {
      for (const url of story.data.lists ?? []) {
        if (!all.has(url)) all.set(url, { ...said[url], stories: [] });
        all.get(url).stories.push(story);
      }
    }
    return (lists = { api: api.getAll().length, all });
  };
  config.on("eleventy.before", () => (lists = undefined));
  config.addCollection("sheets", (api) =>
    [...collect(api).all].flatMap(([first, list]) => {
      const pages = Math.max(1, Math.ceil(list.stories.length / PER_PAGE));
      const url = (number) => (number === 1 ? first : `${first}trang/${number}/`);
      return Array.from({ length: pages }, (_, n) => ({
        ...list,
        url: url(n + 1),
        fullTitle: n ? `${list.title} (trang ${n + 1})` : list.title,
        feed: list.followed ? `${first}atom.xml` : "",
        pages,
        number: n + 1,
        numbers: [...new Set([1, n - 1, n, n + 1, n + 2, n + 3, pages])]
          .filter((number) => number > 0 && number <= pages)
          .map((number) => ({ number, url: url(number) })),
        count: list.stories.length,
        stories: list.stories.slice(n * PER_PAGE, (n + 1) * PER_PAGE),
        previous: n ? url(n) : "",
        next: n + 1 < pages ? url(n + 2) : "",
      }));
    }),
  );
  config.addCollection("feeds", (api) =>
    [...collect(api).all]
      .filter(([, list]) => list.followed)
      .map(([url, list]) => ({ url, title: list.title, stories: list.stories.slice(0, 30) })),
  );
  config.addCollection("terms", (api) =>
    ["/dan-van-kheo/linh-vuc/", "/dan-van-kheo/xa/"].map((root) => ({
      ...said[root],
      terms: [...collect(api).all]
        .filter(([url, list]) => list.followed && url.startsWith(root))
        .map(([url, list]) => ({ ...list, url, count: list.stories.length })),
    })),
  );
  config.addCollection("newest", (api) => {
    const { stories } = collect(api).all.get(NEWS);
    return {
      exemplars: stories.filter((story) => story.data.kind).slice(0, 5),
      news: stories.filter((story) => !story.data.kind).slice(0, 3),
    };
  });
  const size = (url) => lists.all.get(url)?.stories.length ?? 0;
  const bars = (id) => {
    const { url } = parts.terms.communes[id];
    const counts = Object.values(parts.terms.fields).map((field) => ({ field, count: size(`${url}${field.id}/`) }));
    const most = Math.max(...counts.map(({ count }) => count));
    return counts.map((bar) => ({ ...bar, width: ((100 * bar.count) / most).toFixed(1) }));
  };
  // Lists are cut before they are joined: otherwise a page costs what all stories of its field cost.
  const related = (url, fields, commune) => {
    const near = fields ? [`${parts.terms.communes[commune]?.url}${fields[0]}/`, parts.terms.fields[fields[0]].url] : [];
    const found = [...near, NEWS].flatMap((list) => lists.all.get(list)?.stories.slice(0, 4) ?? []);
    return [...new Set(found)].filter((story) => story.url !== url).slice(0, 3);
  };
  for (const name of ["terms", "describeTrail", "describeArticle", "describeList"]) {
    config.addNunjucksGlobal(name, parts[name]);
  }
  config.addNunjucksGlobal("site", { title: "Dân vận khéo", url: "http://localhost:8000" });
  config.addNunjucksGlobal("bars", bars);
  config.addNunjucksGlobal("size", size);
  config.addNunjucksGlobal("related", related);
  config.addFilter("card", parts.once(parts.card));
  config.addFilter("teaser", parts.once(parts.teaser));
  config.addFilter("day", parts.day);
  config.addFilter("shownDay", parts.shownDay);
  config.addFilter("weekday", parts.weekday);
  config.addFilter("zalo", (address) => encodeURIComponent(Buffer.from(`{"url": "${address}"}`).toString("base64")));
  config.addFilter("minutes", (html) => Math.max(1, Math.round(html.split(/\s+/).length / 200)));
  return {
    dir: { input: ".", includes: "_includes", output: "_site" },
    markdownTemplateEngine: false,
    templateFormats: ["md", "njk"],
  };
};
