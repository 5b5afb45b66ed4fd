// What stands on many pages and is made once: cards and teasers; and the data (JSON-LD) of a page.
const SITE = "http://localhost:8000";
const NAME = "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cư Jút";

const terms = Object.fromEntries(
  ["fields", "communes", "kinds", "movements", "trails"].map((name) => [name, require(`./data/${name}.json`)]),
);

const day = (date) => date.toISOString().slice(0, 10);
const shownDay = (date) => `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`;
const DAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const weekday = (date) => `${DAYS[date.getUTCDay()]}, ${shownDay(date)}`;

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

const filed = ({ fields, commune, kind }) => {
  const field = terms.fields[fields?.[0]];
  return `<p class="filed">
${field ? `<span class="field field--${field.id}">${field.short}</span>` : ""}
${commune ? `<span class="filed__commune">${terms.communes[commune].short}</span>` : ""}
${kind ? "" : `<span class="filed__news">Tin</span>`}
</p>`;
};

const card = ({ data, date, url }) => {
  const facets = data.kind
    ? ` data-linh-vuc="${data.fields[0]}" data-xa="${data.commune}" data-xa-nay="${terms.communes[data.commune].now}"` +
      ` data-loai="${data.kind}" data-nam="${date.getUTCFullYear()}"`
    : "";
  return `<li class="card"${facets}>
<article class="card__body">
${filed(data)}
<h3 class="card__title"><a href="${url}">${escape(data.title)}</a></h3>
<p class="card__summary">${escape(data.description)}</p>
<p class="card__facts">
${data.sample ? `<span class="tag tag--sample">Bài mẫu</span>` : ""}
${data.kind ? `<span class="tag">${terms.kinds[data.kind]}</span>` : ""}
${data.exemplar ? `<span class="card__name">${escape(data.exemplar)}</span>` : ""}
${data.praise ? `<span class="tag tag--praise">${escape(data.praise[0])}</span>` : ""}
<span class="card__date"><time datetime="${day(date)}">${shownDay(date)}</time></span>
</p>
</article>
</li>
`;
};

const teaser = ({ data, date, url }) => `<li class="teaser">
<article class="teaser__body">
${filed(data)}
<h3 class="teaser__title"><a href="${url}">${escape(data.title)}</a></h3>
<p class="teaser__facts">${data.kind ? `${terms.kinds[data.kind]} · ` : ""}<time datetime="${day(date)}">${shownDay(date)}</time>${data.sample ? " · Bài mẫu" : ""}</p>
</article>
</li>
`;

const script = (data) =>
  `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`;

const describeTrail = (trail, here, url) =>
  script({
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: [...terms.trails[trail], { name: here, url }].map((step, n) => ({
      "@type": "ListItem",
      position: n + 1,
      name: step.name,
      item: SITE + step.url,
    })),
  });

const describeArticle = ({ title, description, author, fields, commune, page }) =>
  script({
    "@context": "https://schema.org",
    "@type": "Article",
    headline: title,
    datePublished: day(page.date),
    dateModified: day(page.date),
    inLanguage: "vi",
    mainEntityOfPage: SITE + page.url,
    author: { "@type": "Organization", name: author || NAME },
    publisher: { "@type": "GovernmentOrganization", name: NAME, url: `${SITE}/` },
    description,
    articleSection: fields?.map((id) => terms.fields[id].name),
    contentLocation: commune && terms.communes[commune].place,
  });

const describeList = ({ fullTitle, url, place, stories }) =>
  script({
    "@context": "https://schema.org",
    "@type": "CollectionPage",
    name: fullTitle,
    url: SITE + url,
    inLanguage: "vi",
    mainEntity: {
      "@type": "ItemList",
      numberOfItems: stories.length,
      itemListElement: stories.map((story, n) => ({
        "@type": "ListItem",
        position: n + 1,
        url: SITE + story.url,
        name: story.data.title,
      })),
    },
    about: place ? terms.communes[place].place : undefined,
  });

// A story's card is the same wherever it stands.
const once = (make) => {
  const made = new Map();
  return (story) => {
    if (!made.has(story.url)) made.set(story.url, make(story));
    return made.get(story.url);
  };
};

module.exports = { terms, day, shownDay, weekday, once, card, teaser, describeTrail, describeArticle, describeList };
