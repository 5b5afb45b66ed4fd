// Eleventy for the same stories: the page set of our site as far as it is shared, markdown-it with extensions
// comparable to ours, no transforms. The extensions are found through NODE_PATH.
const PER_PAGE = 24;
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
    const all = new Map([["/bai-viet/", { title: "Tin tức", feed: true, stories }]]);
    for (const story of stories) {
      for (const { url, title, feed } of story.data.lists) {
        if (!all.has(url)) all.set(url, { title, feed, stories: [] });
        all.get(url).stories.push(story);
      }
    }
    return (lists = { api: api.getAll().length, all });
  };
  config.on("eleventy.before", () => (lists = undefined));
  config.addCollection("sheets", (api) =>
    [...collect(api).all].flatMap(([first, { title, stories }]) => {
      const pages = Math.max(1, Math.ceil(stories.length / PER_PAGE));
      const url = (number) => (number === 1 ? first : `${first}trang/${number}/`);
      return Array.from({ length: pages }, (_, n) => ({
        url: url(n + 1),
        title,
        pages,
        number: n + 1,
        count: stories.length,
        stories: stories.slice(n * PER_PAGE, (n + 1) * PER_PAGE),
        previous: n ? url(n) : "",
        next: n + 1 < pages ? url(n + 2) : "",
      }));
    }),
  );
  config.addCollection("feeds", (api) =>
    [...collect(api).all]
      .filter(([, list]) => list.feed)
      .map(([url, list]) => ({ url, title: list.title, stories: list.stories.slice(0, 30) })),
  );
  config.addCollection("terms", (api) =>
    ["/dan-van-kheo/linh-vuc/", "/dan-van-kheo/xa/"].map((root) => ({
      url: root,
      title: root.includes("xa") ? "Xã, thị trấn" : "Lĩnh vực",
      terms: [...collect(api).all]
        .filter(([url, list]) => list.feed && url.startsWith(root))
        .map(([url, list]) => ({ url, title: list.title, count: list.stories.length })),
    })),
  );
  config.addFilter("newestOf", (url) => lists.all.get(url)?.stories.slice(0, 3) ?? []);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("shownDay", (date) => `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`);
  config.addFilter("minutes", (html) => Math.max(1, Math.round(html.split(/\s+/).length / 200)));
  config.addFilter("ldJson", (value) => JSON.stringify(value).replaceAll("<", "\\u003c"));
  return {
    dir: { input: ".", includes: "_includes", output: "_site" },
    markdownTemplateEngine: false,
    templateFormats: ["md", "njk"],
  };
};
