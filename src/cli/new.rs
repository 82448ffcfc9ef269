//! `daybook new`: begins an article with a file that explains itself.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::{CalendarName, NewArgs};
use crate::articles::model::Slug;
use crate::config::Config;
use crate::dates::{Calendar, HistoricalDate};

/// Writes the file and returns its path. Files that are there are never
/// touched, and a slug that another file uses is refused.
pub(super) fn write(config: &Config, args: &NewArgs) -> anyhow::Result<PathBuf> {
    let title = args.title.trim();
    if title.is_empty() || title.chars().any(char::is_control) {
        bail!("an article needs a title of one line");
    }
    let slug = Slug::from_name(title)
        .ok_or_else(|| anyhow!("no file name can be made from the title “{title}”"))?;
    let calendar = match args.calendar {
        CalendarName::Gregorian => Calendar::Gregorian,
        CalendarName::Julian => Calendar::Julian,
    };
    let date =
        HistoricalDate::parse(&args.date, calendar).map_err(|error| anyhow!("--date: {error}"))?;

    let articles = config.content.join("articles");
    if !config.content.is_dir() {
        bail!(
            "there is no content folder {}; name it with --content, or make it",
            config.content.display()
        );
    }
    let file = format!("{slug}.md");
    if let Some(taken) = find(&articles, &file) {
        bail!("{} is there already; choose another title", taken.display());
    }
    let folder = articles.join(folder(&date));
    let path = folder.join(file);
    let text = template(config, title, &date, calendar);
    create(&folder, &path, &text)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

/// The folder below `articles`: `01/04`, `01` where the day is unknown,
/// `undated` where the month is.
fn folder(date: &HistoricalDate) -> PathBuf {
    let point = date.start().or_else(|| date.end());
    match point.map(|point| (point.month, point.day)) {
        Some((Some(month), Some(day))) => PathBuf::from(format!("{month:02}/{day:02}")),
        Some((Some(month), None)) => PathBuf::from(format!("{month:02}")),
        _ => PathBuf::from("undated"),
    }
}

/// A file of this name in `folder` or the two levels below it.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    fn look(folder: &Path, name: &str, levels: u8) -> Option<PathBuf> {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            return Some(path);
        }
        if levels == 0 {
            return None;
        }
        let entries = fs::read_dir(folder).ok()?;
        let below = entries.filter_map(Result::ok).map(|entry| entry.path());
        below
            .filter(|path| path.is_dir())
            .find_map(|path| look(&path, name, levels - 1))
    }
    look(folder, name, 2)
}

fn create(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn template(config: &Config, title: &str, date: &HistoricalDate, calendar: Calendar) -> String {
    let title = quoted(title);
    let date = quoted(date.edtf());
    let calendar = match calendar {
        Calendar::Gregorian => {
            "# calendar: julian             # when the date is as sources in that calendar give it"
        }
        Calendar::Julian => "calendar: julian",
    };
    let today = jiff::Timestamp::now()
        .to_zoned(config.time_zone.clone())
        .date();
    format!(
        r#"---
# Lines that begin with # are notes and examples; remove what you do not need.
# docs/content.md explains every key. `daybook check` finds mistakes, and
# `daybook serve --drafts` shows the article.
title: {title}
summary: Say in one or two sentences what happened, in at most 300 characters.
date: {date}
{calendar}
# Instead of `date`, where there are several dates:
# dates:
#   - {{on: 1951-01-04, role: captured, primary: true}}
#   - {{on: 1950-12-31/1951-01-07, role: battle}}
# date_note: Why the date is as it is, where sources differ.
# place: Seoul, South Korea
# people: [Matthew Ridgway, Peng Dehuai]
# organisations: [Eighth Army]
# topics: [Korean War]
# Works that the text cites: [^appleman], or [^appleman: p. 58].
# sources:
#   - {{id: appleman, kind: book, title: "Ridgway Duels for Korea", author: Roy E. Appleman, publisher: Texas A&M University Press, year: 1990}}
#   - {{id: archive, kind: website, title: "…", url: "https://…", accessed: {today}}}
# author: Your name
draft: true                    # remove this line to publish
published: {today}
---

Begin with a paragraph that says what happened, when and where, and cite for it.

## A heading that says something

Go on here.
"#
    )
}

/// The text as a YAML value in double quotes, which are those of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;

    fn begin(content: &Path, title: &str, date: &str) -> anyhow::Result<PathBuf> {
        let flags = Overrides {
            content: Some(content.display().to_string()),
            ..Overrides::default()
        };
        let config = Config::resolve(flags, |_| None, None).unwrap();
        let args = NewArgs {
            title: title.to_owned(),
            date: date.to_owned(),
            calendar: CalendarName::Julian,
        };
        write(&config, &args)
    }

    #[test]
    fn the_file_lies_where_its_date_says() {
        let content = tempfile::tempdir().unwrap();
        for (title, date, expected) in [
            ("Seoul Falls", "1951-01-04", "articles/01/04/seoul-falls.md"),
            ("The Ides", "-0043-03-15", "articles/03/15/the-ides.md"),
            (
                "Mansa Musa in Cairo",
                "1324-07",
                "articles/07/mansa-musa-in-cairo.md",
            ),
            ("An Edict", "0212", "articles/undated/an-edict.md"),
        ] {
            let path = begin(content.path(), title, date).unwrap();
            assert_eq!(
                path.strip_prefix(content.path()).unwrap(),
                Path::new(expected)
            );
        }
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let content = tempfile::tempdir().unwrap();
        let path = begin(content.path(), "Seoul Falls", "1951-01-04").unwrap();
        fs::write(&path, "mine").unwrap();
        let error = begin(content.path(), "Seoul falls!", "1950-06-28").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("seoul-falls.md is there already"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn a_title_cannot_break_out_of_its_line() {
        let content = tempfile::tempdir().unwrap();
        let title = "He said: \"No\" # twice";
        let path = begin(content.path(), title, "1951-01-04").unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert!(
            text.contains("\ntitle: \"He said: \\\"No\\\" # twice\"\n"),
            "{text}"
        );
        assert!(begin(content.path(), "a\nb", "1951-01-04").is_err());
    }

    #[test]
    fn mistakes_are_named() {
        let content = tempfile::tempdir().unwrap();
        let error = begin(content.path(), "X", "January 4")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("--date: “January 4”"), "{error}");
        let error = begin(Path::new("/no/such"), "X", "1951")
            .unwrap_err()
            .to_string();
        assert!(error.contains("no content folder /no/such"), "{error}");
    }
}
