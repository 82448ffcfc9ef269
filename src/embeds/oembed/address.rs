//! What the address of a page of this site leads to.

use url::Url;

use crate::dates::Day;
use crate::paths;

/// What can be embedded, by its address. Whether it is there, the database
/// knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Today, in the zone of the address if it names one.
    Today(Option<String>),
    Day(Day),
    /// A slug, perhaps an old one.
    Article(String),
    /// A path that only an article of another time could have had.
    Old(String),
}

impl Target {
    /// Reads an absolute address. `base_url` is that of the site; http and
    /// https are one, because old links say http. `None` for what is no address
    /// of this site.
    pub(super) fn read(address: &str, base_url: &str) -> Option<Target> {
        let [url, own] = [address.trim(), base_url].map(|text| Url::parse(text).ok());
        let (url, own) = url.zip(own)?;
        if !matches!(url.scheme(), "http" | "https") || url.host() != own.host() {
            return None;
        }
        let is_port = if url.scheme() == own.scheme() {
            url.port_or_known_default() == own.port_or_known_default()
        } else {
            url.port().is_none() && own.port().is_none()
        };
        if !is_port {
            return None;
        }
        let zone = || {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(name, _)| name == "tz")
                .map(|(_, zone)| zone.into_owned())
        };
        let path = paths::canonical_spelling(url.path()).unwrap_or_else(|| url.path().to_owned());
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments.as_slice() {
            [""] => Some(Target::Today(None)),
            ["today"] => Some(Target::Today(zone())),
            ["on", day] => {
                let day = Day::parse_slug(day).or_else(|| Day::parse_loose(day))?;
                Some(Target::Day(day))
            }
            ["articles", slug] => Some(Target::Article((*slug).to_owned())),
            _ => Some(Target::Old(path)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "https://daybook.example";

    #[test]
    fn an_address_of_this_site_is_known_in_every_spelling() {
        let article = Some(Target::Article("seoul".to_owned()));
        for address in [
            "https://daybook.example/articles/seoul",
            "http://daybook.example/articles/seoul",
            "https://DAYBOOK.example:443/Articles/Seoul/?r=3#corrections",
        ] {
            assert_eq!(Target::read(address, SITE), article, "{address}");
        }
        let day = Day::new(1, 4).map(Target::Day);
        for address in ["/on/january-4", "/on/January-4/?utm_source=x", "/on/01-04"] {
            let address = format!("{SITE}{address}");
            assert_eq!(Target::read(&address, SITE), day, "{address}");
        }
        for address in [SITE, "https://daybook.example/"] {
            assert_eq!(Target::read(address, SITE), Some(Target::Today(None)));
        }
        assert_eq!(
            Target::read("https://daybook.example/today?tz=Asia/Seoul", SITE),
            Some(Target::Today(Some("Asia/Seoul".to_owned())))
        );
        assert_eq!(
            Target::read("https://daybook.example/2019/01/Seoul.html", SITE),
            Some(Target::Old("/2019/01/seoul.html".to_owned()))
        );
    }

    #[test]
    fn what_is_no_address_of_this_site_leads_nowhere() {
        for address in [
            "",
            "/articles/seoul",
            "articles/seoul",
            "https://evil.example/articles/seoul",
            "https://daybook.example.evil.example/articles/seoul",
            "https://evil.example/https://daybook.example/articles/seoul",
            "https://daybook.example@evil.example/articles/seoul",
            "https://daybook.example:8443/articles/seoul",
            "http://daybook.example:8080/articles/seoul",
            "ftp://daybook.example/articles/seoul",
            "javascript://daybook.example/%0aalert(1)",
            "https://daybook.example/on/january",
            "https://daybook.example/on/february-31",
        ] {
            assert_eq!(Target::read(address, SITE), None, "{address}");
        }
    }
}
