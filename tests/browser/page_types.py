"""One page of every type, of the shipped content and the extra stories."""

from tests.site.checkout import COPY_URL, NEWS_URL, PHONE_URL

PAGE_TYPES = {
    "home": "/",
    "news": "/bai-viet/",
    "second page": "/bai-viet/trang/2/",
    "story": "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/",
    "story with everything": PHONE_URL,
    "story with little": COPY_URL,
    "news item": NEWS_URL,
    "index": "/dan-van-kheo/",
    "index by name": "/dan-van-kheo/theo-ten/",
    "fields": "/dan-van-kheo/linh-vuc/",
    "field": "/dan-van-kheo/linh-vuc/kinh-te/",
    "kind": "/dan-van-kheo/loai/ca-nhan/",
    "year": "/dan-van-kheo/nam/2020/",
    "communes": "/dan-van-kheo/xa/",
    "old commune": "/dan-van-kheo/xa/dak-drong/",
    "new commune": "/dan-van-kheo/xa/xa-cu-jut/",
    "commune and field": "/dan-van-kheo/xa/tam-thang/van-hoa-xa-hoi/",
    "movements": "/phong-trao/",
    "movement": "/phong-trao/vi-nguoi-ngheo/",
    "documents": "/van-ban/",
    "document": "/van-ban/huong-dan-nam-dan-van-kheo-2020/",
    "search": "/tim-kiem/",
    "search results": "/tim-kiem/?q=hu+gao",
    "open data": "/du-lieu/",
    "site map": "/so-do-trang/",
    "about": "/gioi-thieu/",
    "contact": "/lien-he/",
    "accessibility": "/tro-nang/",
    "privacy": "/quyen-rieng-tu/",
    "not found": "/404.html",
}
# How these look while nothing is in them.
EMPTY_PAGE_TYPES = {
    "home": "/",
    "news": "/bai-viet/",
    "index": "/dan-van-kheo/",
    "field": "/dan-van-kheo/linh-vuc/kinh-te/",
    "old commune": "/dan-van-kheo/xa/dak-drong/",
    "new commune": "/dan-van-kheo/xa/xa-cu-jut/",
    "movement": "/phong-trao/vi-nguoi-ngheo/",
    "years": "/dan-van-kheo/nam/",
    "search": "/tim-kiem/",
}
