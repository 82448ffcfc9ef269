//! One text directive, as an address writes it.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in a term: the unreserved characters of RFC 3986 without
/// the hyphen, which the syntax of directives uses, as it does `,` and `&`.
const TERM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// `[prefix-,]start[,end][,-suffix]`, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sharing) struct Directive {
    /// Words that stand right before, and are not meant.
    pub(super) prefix: Option<String>,
    /// How the words begin; without an end, all of them.
    pub(super) start: String,
    /// How they end.
    pub(super) end: Option<String>,
    /// Words that stand right after, and are not meant.
    pub(super) suffix: Option<String>,
}

impl fmt::Display for Directive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = |text: &str| utf8_percent_encode(text, TERM).to_string();
        if let Some(prefix) = &self.prefix {
            write!(formatter, "{}-,", term(prefix))?;
        }
        write!(formatter, "{}", term(&self.start))?;
        if let Some(end) = &self.end {
            write!(formatter, ",{}", term(end))?;
        }
        if let Some(suffix) = &self.suffix {
            write!(formatter, ",-{}", term(suffix))?;
        }
        Ok(())
    }
}

#[cfg(test)]
impl Directive {
    /// Reads one as the draft tells browsers to ("parse a text directive").
    pub(super) fn parse(text: &str) -> Option<Directive> {
        let decode = |term: &str| {
            let decoded = percent_encoding::percent_decode_str(term).decode_utf8();
            decoded.ok().map(|term| term.into_owned())
        };
        let mut terms: Vec<&str> = text.split(',').collect();
        let mut prefix = None;
        let mut suffix = None;
        if let Some(first) = terms.first()?.strip_suffix('-') {
            prefix = Some(decode(first)?);
            terms.remove(0);
        }
        if let Some(last) = terms.last()?.strip_prefix('-') {
            suffix = Some(decode(last)?);
            terms.pop();
        }
        let (start, end) = match terms.as_slice() {
            [start] => (decode(start)?, None),
            [start, end] => (decode(start)?, Some(decode(end)?)),
            _ => return None,
        };
        Some(Directive {
            prefix,
            start,
            end,
            suffix,
        })
    }
}
