"""Pages -> schema.org data (JSON-LD), for search engines. Values only; the template writes them out."""

from collections.abc import Iterable
from typing import Any

from plugins.content.addresses.sections import Crumb
from plugins.content.addresses.urls import absolute_url
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Commune, Office
from plugins.exemplars.model.index import Index

Data = dict[str, Any]
CONTEXT = "https://schema.org"


def describe_office(office: Office, site_url: str) -> Data:
    """Return an office as an Organization, with the facts that are known."""
    known = {"address": office.address, "telephone": office.phone, "email": office.email}
    facts = {key: value for key, value in known.items() if value}
    return {"@type": "GovernmentOrganization", "name": office.title, "url": f"{site_url}/", **facts}


def describe_home(office: Office, site_url: str) -> Data:
    """Return the office of the site, for the home page."""
    return {"@context": CONTEXT, **describe_office(office, site_url)}


def describe_place(commune: Commune, site_url: str) -> Data:
    """Return a commune as an AdministrativeArea."""
    data: Data = {"@type": "AdministrativeArea", "name": commune.title, "url": site_url + commune.url}
    if commune.parent:
        data["containedInPlace"] = {"@type": "AdministrativeArea", "name": commune.parent}
    return data


def describe_article(story: Story, index: Index, site_url: str) -> Data:
    """Return a story as an Article, published by the office of its day; `isBasedOn` is the exemplar it replicates."""
    office = index.vocabulary.office_on(story.date) or Office()
    data: Data = {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": story.title,
        "datePublished": story.date.isoformat(),
        "dateModified": story.modified.isoformat(),
        "inLanguage": "vi",
        "mainEntityOfPage": site_url + story.url,
        "author": {"@type": "Organization", "name": story.author or office.title},
        "publisher": describe_office(office, site_url),
    }
    if story.summary:
        data["description"] = story.summary
    if photo := story.photo:
        size = {"width": photo.width, "height": photo.height}
        data["image"] = {"@type": "ImageObject", "url": site_url + photo.url, **size}
    if story.field:
        data["articleSection"] = [field.name for field in story.fields]
    if story.commune:
        data["contentLocation"] = describe_place(story.commune, site_url)
    if story.corrections:
        told = ((change.text, change.day.isoformat()) for change in story.changes if change.is_correction)
        data["correction"] = [{"@type": "CorrectionComment", "text": text, "datePublished": day} for text, day in told]
    if story.is_from_elsewhere:
        data["isBasedOn"] = story.replicates
    elif origin := index.origin(story):
        data["isBasedOn"] = absolute_url(origin.url, site_url)
    return data


def describe_crumbs(crumbs: Iterable[Crumb], site_url: str) -> Data:
    """Return a trail as a BreadcrumbList."""
    items = _number({"name": crumb.title, "item": site_url + crumb.url} for crumb in crumbs)
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def describe_collection(
    title: str, url: str, stories: Iterable[Listed], site_url: str, about: Data | None = None
) -> Data:
    """Return a list of stories as a CollectionPage with its ItemList."""
    items = _number({"url": absolute_url(story.url, site_url), "name": story.title} for story in stories)
    page = {"@context": CONTEXT, "@type": "CollectionPage", "name": title, "url": site_url + url, "inLanguage": "vi"}
    main = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return page | {"mainEntity": main} | ({"about": about} if about else {})


def _number(items: Iterable[Data]) -> list[Data]:
    return [{"@type": "ListItem", "position": position, **item} for position, item in enumerate(items, 1)]
