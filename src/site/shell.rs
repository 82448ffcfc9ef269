//! What every page has around its own matter: name, navigation, addresses of
//! the styles, and the link to report an error. `layouts/base.html` prints it.

use std::sync::Arc;

use super::assets::Assets;
use super::preview::{Alternate, Card, Preview};
use crate::paths;

/// The site itself: the same for all pages while the process runs.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The operator's name for the site, in the masthead and in each title.
    pub name: String,
    /// Who answers for it, in the foot of each page.
    pub publisher: Option<String>,
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// Language of all pages, as in BCP 47.
    pub lang: &'static str,
    /// The one stylesheet that a page waits for.
    pub stylesheet: String,
    /// What changes on paper; no page waits for it.
    pub print_stylesheet: String,
    /// The second stylesheet of days, years, registries and maps.
    pub almanac_stylesheet: String,
    /// The second stylesheet of histories and of the ledger.
    pub record_stylesheet: String,
    /// The second stylesheet of the pages that help to share and to cite.
    pub sharing_stylesheet: String,
    /// The second stylesheet of the pages for programmers.
    pub api_stylesheet: String,
    /// The only stylesheet of what other sites show in a frame.
    pub embed_stylesheet: String,
    /// The second stylesheet of the desk.
    pub desk_stylesheet: String,
    /// The custom elements of the desk.
    pub desk_script: String,
    /// Fonts that stand at the top of each page, to be asked for at once.
    pub preloads: Vec<String>,
    /// The icon that scales.
    pub icon_svg: String,
    /// The icon for browsers that want pixels, 32 by 32.
    pub icon_png: String,
    /// The icon for the home screens of telephones, 180 by 180.
    pub icon_touch: String,
    /// The module script with all custom elements, which no page needs.
    pub script: String,
    /// One article by chance; not to be followed by crawlers.
    pub random_href: &'static str,
    /// What the site says about itself, in the foot of each page.
    pub footer: Vec<Link>,
    /// Puts on the theme that the reader chose, before the page is seen.
    pub theme_script: String,
    /// How dates are written: `mdy` or `dmy`. A reader's own choice starts
    /// from it.
    pub date_style: &'static str,
    /// The zone whose clock says what is today on the front page, such as
    /// `Europe/London`.
    pub time_zone: String,
    /// Today in a zone of the reader's choice.
    pub today_href: &'static str,
    /// What stands for a page that has no picture of its own where its link is
    /// shared.
    pub card: Option<Card>,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// A path on this site, or an absolute address.
    pub href: String,
    /// Plain text.
    pub label: String,
}

/// A part of the site that the main navigation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What happened on this day.
    Today,
    /// The days of a month.
    Calendar,
    /// The years, decades and centuries.
    Timeline,
    /// The places on one map.
    Map,
    /// The register of places.
    Places,
    /// The register of people.
    People,
    /// The register of organisations.
    Organisations,
    /// The register of topics.
    Topics,
    /// What the site says about itself.
    About,
}

/// An entry of the main navigation, as one page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Plain text.
    pub label: &'static str,
    /// The page is the one that it leads to.
    pub is_here: bool,
    /// The page lies in that part of the site.
    pub is_section: bool,
}

/// The frame of one page. Made with [`Shell::new`] and the methods that follow
/// it; the templates read the fields.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The site.
    pub site: Arc<Identity>,
    /// Title of the page without the site's name; empty on the front page.
    pub title: String,
    /// One or two sentences for search engines and previews, plain text.
    pub description: String,
    /// The one absolute address of this page.
    pub canonical: String,
    /// The front page.
    pub home_href: &'static str,
    /// The calendar that the navigation leads to.
    pub calendar_href: String,
    /// Where an error on this page is reported.
    pub report_href: String,
    /// False keeps the page out of search engines.
    pub indexed: bool,
    /// The part of the site that the page belongs to.
    pub section: Option<Section>,
    /// The page before this one in a series.
    pub previous: Option<String>,
    /// The page after this one in a series.
    pub next: Option<String>,
    /// What other sites show of the page where its link is shared.
    pub preview: Preview,
    /// The page in other forms, for `<link rel="alternate">`.
    pub alternates: Vec<Alternate>,
    /// What the page says in the words of schema.org, as JSON-LD.
    pub structured: Vec<serde_json::Value>,
    path: String,
}

impl Identity {
    /// Puts together what the operator chose and what the binary holds.
    /// `base_url` may end in a slash.
    #[must_use]
    pub fn new(name: String, publisher: Option<String>, base_url: &str, assets: &Assets) -> Self {
        let about = |slug: &str, label: &str| Link {
            href: paths::about(slug),
            label: label.to_owned(),
        };
        Self {
            name,
            publisher,
            base_url: base_url.trim_end_matches('/').to_owned(),
            lang: "en",
            stylesheet: assets.href("css/daybook.css"),
            print_stylesheet: assets.href("css/print.css"),
            almanac_stylesheet: assets.href("css/almanac.css"),
            record_stylesheet: assets.href("css/record.css"),
            sharing_stylesheet: assets.href("css/sharing.css"),
            api_stylesheet: assets.href("css/api.css"),
            embed_stylesheet: assets.href("css/embed.css"),
            desk_stylesheet: assets.href("css/desk.css"),
            desk_script: assets.href("js/desk.js"),
            preloads: vec![
                assets.href("fonts/roman.woff2"),
                assets.href("fonts/labels.woff2"),
            ],
            icon_svg: assets.href("images/favicon.svg"),
            icon_png: assets.href("images/favicon-32.png"),
            icon_touch: assets.href("images/apple-touch-icon.png"),
            script: assets.href("js/daybook.js"),
            random_href: paths::RANDOM,
            theme_script: assets.href("js/theme.js"),
            date_style: "mdy",
            time_zone: "UTC".to_owned(),
            today_href: paths::TODAY,
            card: None,
            footer: vec![
                about("about", "About"),
                Link {
                    href: paths::record::LEDGER.to_owned(),
                    label: "Corrections".to_owned(),
                },
                about("corrections-policy", "Corrections policy"),
                about("privacy", "Privacy"),
                about("accessibility", "Accessibility"),
                about("imprint", "Imprint"),
                Link {
                    href: paths::feeds::FEEDS.to_owned(),
                    label: "Feeds".to_owned(),
                },
                Link {
                    href: paths::CONTACT.to_owned(),
                    label: "Contact".to_owned(),
                },
                Link {
                    href: paths::COLOPHON.to_owned(),
                    label: "Colophon".to_owned(),
                },
                Link {
                    href: paths::api::API.to_owned(),
                    label: "API".to_owned(),
                },
            ],
        }
    }

    /// Gives the picture of the site itself.
    #[must_use]
    pub fn card(mut self, path: &str, alt: String) -> Self {
        self.card = Some(Card::new(&self.base_url, path, alt));
        self
    }

    /// Says how the site writes dates, as `mdy` or `dmy`, and by the clock of
    /// which zone it lives.
    #[must_use]
    pub fn reckoning(mut self, date_style: &'static str, time_zone: String) -> Self {
        self.date_style = date_style;
        self.time_zone = time_zone;
        self
    }
}

impl Shell {
    /// The frame of the page at `path`, which begins with a slash and is the
    /// canonical one. Until told otherwise the page is public, belongs to no
    /// section, its calendar is January, and an error on it is reported through
    /// the contact form.
    #[must_use]
    pub fn new(site: &Arc<Identity>, path: &str) -> Self {
        Self {
            site: Arc::clone(site),
            title: String::new(),
            description: String::new(),
            canonical: paths::absolute(&site.base_url, path),
            home_href: paths::HOME,
            calendar_href: paths::month("january"),
            report_href: paths::contact_about(path),
            indexed: true,
            section: None,
            previous: None,
            next: None,
            preview: Preview::default(),
            alternates: Vec::new(),
            structured: Vec::new(),
            path: path.to_owned(),
        }
    }

    /// Names the page. The front page has no title but the site's name.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Says in a sentence or two what the page holds.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Marks the part of the site in the navigation.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.section = Some(section);
        self
    }

    /// The calendar that the navigation leads to: this month's, or the one that
    /// the page is about.
    #[must_use]
    pub fn calendar(mut self, href: impl Into<String>) -> Self {
        self.calendar_href = href.into();
        self
    }

    /// Where an error on this page is reported, if not through the contact form.
    #[must_use]
    pub fn report(mut self, href: impl Into<String>) -> Self {
        self.report_href = href.into();
        self
    }

    /// The canonical address of a page that answers at several: `/` shows
    /// what the day's own page shows.
    #[must_use]
    pub fn canonical(mut self, path: &str) -> Self {
        self.canonical = paths::absolute(&self.site.base_url, path);
        self
    }

    /// Keeps the page out of search engines: forms, receipts, errors.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.indexed = false;
        self
    }

    /// The pages before and after this one in a series.
    #[must_use]
    pub fn neighbours(mut self, previous: Option<String>, next: Option<String>) -> Self {
        self.previous = previous;
        self.next = next;
        self
    }

    /// Says what kind of thing the page is for those who share it, and when the
    /// site published and last changed it. A picture that was given before
    /// stays if this has none.
    #[must_use]
    pub fn preview(mut self, preview: Preview) -> Self {
        let card = preview.card.or(self.preview.card);
        self.preview = Preview { card, ..preview };
        self
    }

    /// The picture that stands for the page where its link is shared; `path` is
    /// of this site.
    #[must_use]
    pub fn card(mut self, path: &str, alt: impl Into<String>) -> Self {
        self.preview.card = Some(Card::new(&self.site.base_url, path, alt.into()));
        self
    }

    /// Names another form of the page, such as a feed of what it lists.
    #[must_use]
    pub fn alternate(mut self, kind: &'static str, path: &str, title: impl Into<String>) -> Self {
        self.alternates.push(Alternate {
            kind,
            href: path.to_owned(),
            title: title.into(),
        });
        self
    }

    /// Where feed readers find the newest articles of the whole site, which
    /// every page names.
    #[must_use]
    pub fn site_feed(&self) -> String {
        paths::feeds::feed("atom")
    }

    /// Adds a block of JSON-LD; each stands for itself, with its `@context`.
    #[must_use]
    pub fn structured(mut self, block: serde_json::Value) -> Self {
        self.structured.push(block);
        self
    }

    /// The picture that stands for the page: its own, or the site's.
    #[must_use]
    pub fn shared_card(&self) -> Option<&Card> {
        self.preview.card.as_ref().or(self.site.card.as_ref())
    }

    /// The name of the page where its link is shared.
    #[must_use]
    pub fn shared_title(&self) -> &str {
        if self.title.is_empty() {
            &self.site.name
        } else {
            &self.title
        }
    }

    /// The page lies in a series, through which the arrow keys can lead.
    #[must_use]
    pub fn has_neighbours(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }

    /// What stands in the title bar: the page, then the site.
    #[must_use]
    pub fn full_title(&self) -> String {
        if self.title.is_empty() {
            self.site.name.clone()
        } else {
            format!("{} – {}", self.title, self.site.name)
        }
    }

    /// The main navigation, with the place of this page in it.
    #[must_use]
    pub fn nav(&self) -> Vec<NavItem> {
        let registry = |kind: &str| paths::registry(kind);
        [
            (Section::Today, paths::HOME.to_owned(), "Today"),
            (Section::Calendar, self.calendar_href.clone(), "Calendar"),
            (Section::Timeline, paths::TIMELINE.to_owned(), "Timeline"),
            (Section::Map, paths::MAP.to_owned(), "Map"),
            (Section::Places, registry("places"), "Places"),
            (Section::People, registry("people"), "People"),
            (
                Section::Organisations,
                registry("organisations"),
                "Organisations",
            ),
            (Section::Topics, registry("topics"), "Topics"),
            (Section::About, paths::about("about"), "About"),
        ]
        .into_iter()
        .map(|(section, href, label)| NavItem {
            is_here: href == self.path,
            is_section: self.section == Some(section),
            href,
            label,
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Arc<Identity> {
        let assets = Assets::load();
        Arc::new(Identity::new(
            "Daybook".into(),
            None,
            "https://daybook.example/",
            &assets,
        ))
    }

    #[test]
    fn the_front_page_bears_the_name_of_the_site_alone() {
        assert_eq!(Shell::new(&site(), "/").full_title(), "Daybook");
        let shell = Shell::new(&site(), "/on/january-4").title("January 4");
        assert_eq!(shell.full_title(), "January 4 – Daybook");
        assert_eq!(shell.canonical, "https://daybook.example/on/january-4");
    }

    #[test]
    fn the_navigation_knows_the_page_from_its_section() {
        let index = Shell::new(&site(), "/places").section(Section::Places);
        let entry = Shell::new(&site(), "/places/seoul").section(Section::Places);
        let places = |shell: &Shell| {
            shell
                .nav()
                .into_iter()
                .find(|item| item.label == "Places")
                .unwrap()
        };
        assert!(places(&index).is_here);
        assert!(places(&entry).is_section && !places(&entry).is_here);
    }

    #[test]
    fn every_page_says_where_to_report_an_error() {
        let shell = Shell::new(&site(), "/year/1951");
        assert!(
            shell.report_href.ends_with("/year/1951") || shell.report_href.contains("year%2F1951")
        );
    }
}
