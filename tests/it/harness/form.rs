//! A report, filled in and sent as a browser does it.

use super::{Page, TestApp};

/// A form that was opened; fields that the page filled in are kept.
pub(crate) struct Report<'a> {
    app: &'a TestApp,
    action: String,
    fields: Vec<(String, String)>,
}

impl<'a> Report<'a> {
    /// Opens the form behind a link.
    pub(crate) async fn open(app: &'a TestApp, link: &str) -> Report<'a> {
        let page = app.page(link).await;
        let fields = page
            .all("form input[type=hidden]")
            .iter()
            .map(|input| (input.attribute("name"), input.attribute("value")))
            .collect();
        Report {
            app,
            action: page.one("main form").attribute("action"),
            fields,
        }
    }

    /// Types into a field, or chooses one of its values.
    pub(crate) fn field(mut self, name: &str, value: &str) -> Report<'a> {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) async fn send(self) -> Page {
        self.app.post(&self.action, &self.fields).await
    }
}
