//! The words of the mail that asks whether an address belongs to the person who
//! gave it. All of them are ours: what a stranger typed must not reach anybody
//! through this mail.

use askama::Template;
use diesel::QueryResult;
use diesel::result::Error as QueryError;

use super::secret::Secret;
use crate::mail::{Address, Kind, Letterhead, Message};
use crate::paths;

#[derive(Template)]
#[template(path = "reports/mail/confirm.txt")]
struct Text<'a> {
    letterhead: &'a Letterhead,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "reports/mail/confirm.html")]
struct Html<'a> {
    letterhead: &'a Letterhead,
    link: &'a str,
}

/// The mail for the report with this number.
///
/// # Errors
/// A template fails.
pub(in crate::reports) fn question(
    report: &str,
    secret: &Secret,
    recipient: Address,
    letterhead: &Letterhead,
) -> QueryResult<Message> {
    let link = paths::record::confirmation(secret.as_str());
    let link = paths::absolute(&letterhead.base_url, &link);
    let render = |result: askama::Result<String>| {
        result.map_err(|error| QueryError::SerializationError(Box::new(error)))
    };
    Ok(Message {
        cause: format!("confirm:{report}"),
        kind: Kind::Confirm,
        recipient,
        subject: format!(
            "Is this your address? A question from {}",
            letterhead.site_name
        ),
        text: render(
            Text {
                letterhead,
                link: &link,
            }
            .render(),
        )?,
        html: render(
            Html {
                letterhead,
                link: &link,
            }
            .render(),
        )?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::dates::DateStyle;

    #[test]
    fn the_link_stands_alone_on_its_line_and_no_line_is_long() {
        let letterhead = Letterhead {
            site_name: "Daybook <b>".to_owned(),
            base_url: "https://daybook.example".to_owned(),
            date_style: DateStyle::Mdy,
            time_zone: TimeZone::UTC,
        };
        let secret = Secret::draw(1_795_262_400_000);
        let address = Address::parse("reader@example.org").unwrap();
        let mail = question("R-7K3Q2M", &secret, address, &letterhead).unwrap();
        let link = format!(
            "https://daybook.example/reports/confirm/{}",
            secret.as_str()
        );
        assert!(
            mail.text.contains(&format!("\n\n    {link}\n\n")),
            "{}",
            mail.text
        );
        assert!(
            mail.html.contains(&format!("href=\"{link}\"")),
            "{}",
            mail.html
        );
        assert!(mail.html.contains("Daybook &#60;b&#62;"), "{}", mail.html);
        assert!(
            mail.text.lines().all(|line| line.len() <= 78),
            "{}",
            mail.text
        );
        for all in [&mail.subject, &mail.text, &mail.html, &mail.cause] {
            assert!(!all.contains("reader@"), "{all}");
        }
    }
}
