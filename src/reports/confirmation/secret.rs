//! The secret in the link that confirms an address.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// How long a link is good for, in milliseconds.
const GOOD_FOR: i64 = 48 * 60 * 60 * 1000;
const RANDOM: usize = 16;

/// 34 lower-case letters and digits: 128 random bits, and the second at which
/// they end. The database knows the hash of all of it, so nobody can lengthen
/// the time.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::reports) struct Secret {
    text: String,
    ends_at: i64,
}

impl Secret {
    /// A new one, good for 48 hours from `now` (epoch milliseconds).
    pub(in crate::reports) fn draw(now: i64) -> Secret {
        let mut bytes = rand::random::<[u8; RANDOM]>().to_vec();
        let seconds = now.saturating_add(GOOD_FOR).div_euclid(1000);
        bytes.extend_from_slice(&seconds.to_be_bytes()[3..]);
        let text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
        let ends_at = seconds * 1000;
        Secret { text, ends_at }
    }

    /// Takes one out of an address; `None` for what cannot be one.
    pub(in crate::reports) fn parse(text: &str) -> Option<Secret> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let upper = text.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(upper.as_bytes()).ok()?;
        let (random, end) = bytes.split_at_checked(RANDOM)?;
        if random.len() + end.len() != RANDOM + 5 {
            return None;
        }
        let seconds = end
            .iter()
            .fold(0_i64, |seconds, byte| seconds << 8 | i64::from(*byte));
        Some(Secret {
            text: text.to_owned(),
            ends_at: seconds * 1000,
        })
    }

    /// The secret itself, for its link.
    pub(in crate::reports) fn as_str(&self) -> &str {
        &self.text
    }

    /// What the database knows of it: SHA-256 in hexadecimal.
    pub(in crate::reports) fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.text.as_bytes()))
    }

    /// Whether its time is over.
    pub(in crate::reports) fn is_over(&self, now: i64) -> bool {
        now > self.ends_at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: i64 = 1_795_262_400_000;

    #[test]
    fn a_link_is_good_for_two_days() {
        let secret = Secret::draw(NOON);
        assert_eq!(secret.as_str().len(), 34);
        let read = Secret::parse(secret.as_str()).unwrap();
        assert_eq!(read.hash(), secret.hash());
        assert!(!read.is_over(NOON + 48 * 3_600_000));
        assert!(read.is_over(NOON + 48 * 3_600_000 + 1000));
        assert_ne!(Secret::draw(NOON).hash(), secret.hash());
    }

    proptest! {
        #[test]
        fn whatever_stands_in_an_address_is_a_secret_or_none(text in "\\PC{0,40}|[a-z2-7]{30,36}") {
            if let Some(secret) = Secret::parse(&text) {
                prop_assert_eq!(secret.as_str(), text.as_str());
                prop_assert_eq!(text.len(), 34);
            }
        }
    }
}
