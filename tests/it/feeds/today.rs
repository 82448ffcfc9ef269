//! Today in history, by the clock of the site.

use daybook::dates::{DateStyle, Day};
use jiff::tz::TimeZone;

use super::{BASE, feed, html, ids};
use crate::harness::{Corpus, Setup, article};

#[tokio::test]
async fn today_has_the_entries_of_the_sites_own_days_and_none_of_tomorrow() {
    for name in ["Pacific/Kiritimati", "Pacific/Honolulu"] {
        let zone = TimeZone::get(name).unwrap();
        let today = || jiff::Timestamp::now().to_zoned(zone.clone()).date();
        let date = today();
        let corpus = Corpus::empty();
        // The day before yesterday has nothing.
        let days = [
            (1, "Tomorrow"),
            (0, "Present"),
            (-1, "Yesterday"),
            (-13, "Oldest"),
            (-14, "Too old"),
        ];
        for (offset, title) in days {
            let day = date.checked_add(jiff::ToSpan::days(offset)).unwrap();
            let year = if (day.month(), day.day()) == (2, 29) {
                1952
            } else {
                1951
            };
            let slug = title.to_lowercase().replace(' ', "-");
            let file = format!("articles/{:02}/{:02}/{slug}.md", day.month(), day.day());
            let on = format!("{year}-{:02}-{:02}", day.month(), day.day());
            corpus.write(&file, article(title, &on, "Text."));
        }
        let setup = Setup::new(corpus).variable("DAYBOOK_BASE_URL", BASE);
        let app = setup.variable("DAYBOOK_TIME_ZONE", name).start().await;
        let page = app.page("/today.atom").await;
        let atom = feed(&app, "/today.atom").await;
        let json = feed(&app, "/today.json").await;
        let rss = feed(&app, "/today.rss").await;
        // At midnight itself the day may have turned since.
        if today() != date {
            continue;
        }
        let day = |offset: i64| date.checked_add(jiff::ToSpan::days(offset)).unwrap();
        let wanted =
            [0, -1, -13].map(|offset| format!("tag:daybook.example,{}:today", day(offset)));
        for feed in [&atom, &json, &rss] {
            assert_eq!(ids(feed), wanted, "{name}");
        }
        let words = Day::new(date.month().unsigned_abs(), date.day().unsigned_abs()).unwrap();
        let first = &atom.entries[0];
        let title = &first.title.as_ref().unwrap().content;
        assert_eq!(*title, format!("{}: Present", words.words(DateStyle::Mdy)));
        let start = date.to_zoned(zone.clone()).unwrap().timestamp().as_second();
        assert_eq!(first.published.unwrap().timestamp(), start);
        assert_eq!(first.updated, first.published);
        assert_eq!(first.links[0].href, format!("{BASE}/on/{}", words.slug()));
        let content = html(first);
        assert!(
            content.contains(&format!("<a href=\"{BASE}/articles/present\">Present</a>")),
            "{content}"
        );
        let (seconds, _) = page
            .header("cache-control")
            .split_once("max-age=")
            .map(|(_, rest)| (rest.parse::<u32>().unwrap(), ()))
            .unwrap();
        assert!(seconds <= 3600 && !page.header("cache-control").contains("stale"));
    }
}
