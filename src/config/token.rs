//! The token that opens the numbers of the program to a collector.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The fewest characters, so that nobody guesses it.
const SHORTEST: usize = 16;

/// What a collector sends as `Authorization: Bearer …`. Neither prints nor logs.
#[derive(Clone, PartialEq, Eq)]
pub struct MetricsToken(String);

impl MetricsToken {
    /// Whether this is the value of an `Authorization` header with this token.
    /// How long the answer takes tells nothing of the token.
    #[must_use]
    pub fn opens(&self, authorization: &str) -> bool {
        let sent = authorization.split_once(' ').unwrap_or_default();
        let is_bearer = sent.0.eq_ignore_ascii_case("bearer");
        let sent = Sha256::digest(sent.1.trim());
        let ours = Sha256::digest(&self.0);
        is_bearer && bool::from(sent.ct_eq(&ours))
    }
}

impl FromStr for MetricsToken {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let is_good = text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_good {
            return Err(format!(
                "write at least {SHORTEST} letters, digits and signs without a space, such as `openssl rand -hex 16` prints"
            ));
        }
        Ok(MetricsToken(text.to_owned()))
    }
}

impl fmt::Debug for MetricsToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MetricsToken(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_as_bearer_alone_and_is_never_shown() {
        let token: MetricsToken = "0123456789abcdef".parse().unwrap();
        assert!(token.opens("Bearer 0123456789abcdef"));
        assert!(token.opens("bearer  0123456789abcdef "));
        for wrong in [
            "",
            "Bearer",
            "Bearer ",
            "0123456789abcdef",
            "Basic 0123456789abcdef",
        ] {
            assert!(!token.opens(wrong), "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "MetricsToken(hidden)");
        let refused = "tooshort".parse::<MetricsToken>().unwrap_err();
        assert!(refused.contains("16") && !refused.contains("tooshort"));
        assert!("0123456789 abcdef".parse::<MetricsToken>().is_err());
    }
}
