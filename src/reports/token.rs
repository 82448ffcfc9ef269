//! Everything that the secret key seals: when a form was opened, the address
//! of a receipt, the number of a report, the traces of a client and of a mail
//! address.
//!
//! One key serves them all under different labels, and the parts of a message
//! carry their lengths, so that a seal of one kind is never one of another.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::SecretKey;

/// A form that comes back faster was not filled in by a person.
pub(super) const YOUNGEST_MS: i64 = 3_000;
/// Under attack, a form that was open for so long needs no calculation.
pub(super) const PATIENT_MS: i64 = 60_000;
/// A form that was open for longer is shown again before it is accepted.
pub(super) const OLDEST_MS: i64 = 24 * 60 * 60 * 1_000;

/// The 32 lower-case letters and digits that open a receipt.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(String);

/// What the sealed start of a form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Opened a while ago, and not too long.
    Good,
    /// Sent back within three seconds.
    TooYoung,
    /// Older than a day, or from a clock that has since gone back.
    TooOld,
    /// Not sealed by us, or for another page.
    Forged,
}

impl Token {
    /// Takes a token out of an address; `None` for what is no token.
    pub(super) fn parse(text: &str) -> Option<Token> {
        let plain = text.len() == 32
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte));
        plain.then(|| Token(text.to_owned()))
    }

    /// The token of what was sent with the form that bears `nonce`. The same
    /// words sent again have the same receipt; other words sent with the same
    /// form, by going back in the browser, have one of their own, because an
    /// answered report must never be lost.
    pub(super) fn of(key: &SecretKey, nonce: &str, words: &[&str]) -> Token {
        let mut parts = vec![nonce];
        parts.extend(words);
        Token(lower_base32(&seal(key, "receipt", &parts)[..20]))
    }

    /// The secret itself, for the address of the receipt.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database knows of it: SHA-256 in hexadecimal.
    pub(super) fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0.as_bytes()))
    }
}

/// 128 random bits that tell one opened form from every other.
pub(super) fn new_nonce() -> String {
    lower_base32(&rand::random::<[u8; 16]>())
}

/// Seals that the form with this nonce was opened at `now` (epoch
/// milliseconds) for `subject`, which is an article's report form or another.
pub(super) fn seal_start(key: &SecretKey, nonce: &str, now: i64, subject: &str) -> String {
    let seal = seal(key, "start", &[nonce, &now.to_string(), subject]);
    format!("{now}.{}", lower_base32(&seal[..20]))
}

/// Reads what [`seal_start`] gave.
pub(super) fn check_start(
    key: &SecretKey,
    nonce: &str,
    sealed: &str,
    now: i64,
    subject: &str,
) -> Start {
    let opened = sealed
        .split_once('.')
        .and_then(|(time, _)| time.parse::<i64>().ok());
    let Some(opened) = opened else {
        return Start::Forged;
    };
    let expected = seal_start(key, nonce, opened, subject);
    if !bool::from(expected.as_bytes().ct_eq(sealed.as_bytes())) {
        return Start::Forged;
    }
    // Instances need not agree on the time to the second.
    match now.saturating_sub(opened) {
        age if !(-10_000..=OLDEST_MS).contains(&age) => Start::TooOld,
        age if age < YOUNGEST_MS => Start::TooYoung,
        _ => Start::Good,
    }
}

/// The number of a report, `R-7K3Q2M`, which editors speak of and which says
/// nothing of the receipt. Where it is taken, the next attempt gives another.
pub(super) fn report_id(key: &SecretKey, token: &Token, attempt: u8) -> String {
    const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let seal = seal(key, "id", &[token.as_str(), &attempt.to_string()]);
    let letters = seal[..6]
        .iter()
        .map(|byte| char::from(CROCKFORD[usize::from(byte % 32)]));
    format!("R-{}", letters.collect::<String>())
}

/// A trace by which reports of one client on one day (counted from 1970) can
/// be seen to belong together, and by which nobody without the key finds the
/// address.
pub(super) fn client_hash(key: &SecretKey, day: i64, client: std::net::IpAddr) -> String {
    let seal = seal(key, "client", &[&day.to_string(), &client.to_string()]);
    HEXLOWER.encode(&seal[..16])
}

/// Under what an address is counted. Upper and lower case, and what some
/// providers let people add after a plus sign, lead to one mailbox.
pub(super) fn address_hash(key: &SecretKey, address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let local = local.split('+').next().unwrap_or_default().to_lowercase();
    let domain = domain.to_lowercase();
    HEXLOWER.encode(&seal(key, "address", &[&local, &domain])[..16])
}

/// The seal of a challenge.
pub(super) fn seal_challenge(key: &SecretKey, parts: &[&str]) -> String {
    lower_base32(&seal(key, "challenge", parts)[..20])
}

/// For how long the form with this start has been open, in milliseconds; the
/// start must be a good one.
pub(super) fn open_for(sealed: &str, now: i64) -> i64 {
    let opened = sealed
        .split_once('.')
        .and_then(|(time, _)| time.parse::<i64>().ok());
    opened.map_or(0, |opened| now.saturating_sub(opened))
}

fn seal(key: &SecretKey, label: &str, parts: &[&str]) -> [u8; 32] {
    key.seal("reports", label, parts)
}

fn lower_base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: i64 = 1_795_262_400_000;

    fn key() -> SecretKey {
        SecretKey::from_bytes([7; 32])
    }

    #[test]
    fn a_form_is_accepted_between_three_seconds_and_a_day() {
        let sealed = seal_start(&key(), "n", NOON, "/contact");
        let at = |now| check_start(&key(), "n", &sealed, now, "/contact");
        assert_eq!(at(NOON), Start::TooYoung);
        assert_eq!(at(NOON + YOUNGEST_MS - 1), Start::TooYoung);
        assert_eq!(at(NOON + YOUNGEST_MS), Start::Good);
        assert_eq!(at(NOON + OLDEST_MS), Start::Good);
        assert_eq!(at(NOON + OLDEST_MS + 1), Start::TooOld);
        assert_eq!(at(NOON - 3_600_000), Start::TooOld);
    }

    #[test]
    fn a_start_is_good_for_its_form_its_page_and_its_key_alone() {
        let sealed = seal_start(&key(), "n", NOON, "/contact");
        let now = NOON + 60_000;
        assert_eq!(
            check_start(&key(), "m", &sealed, now, "/contact"),
            Start::Forged
        );
        assert_eq!(
            check_start(&key(), "n", &sealed, now, "/articles/a/report"),
            Start::Forged
        );
        let other = SecretKey::from_bytes([8; 32]);
        assert_eq!(
            check_start(&other, "n", &sealed, now, "/contact"),
            Start::Forged
        );
        let later = sealed.replacen(&NOON.to_string(), &(NOON + 1).to_string(), 1);
        assert_eq!(
            check_start(&key(), "n", &later, now, "/contact"),
            Start::Forged
        );
    }

    #[test]
    fn the_same_words_sent_again_have_the_same_receipt() {
        let token = Token::of(&key(), "n", &["date", "wrong"]);
        assert!(token == Token::of(&key(), "n", &["date", "wrong"]));
        assert!(token != Token::of(&key(), "m", &["date", "wrong"]));
        assert!(token != Token::of(&key(), "n", &["date", "other"]));
        // The border between two parts counts.
        assert!(token != Token::of(&key(), "n", &["datew", "rong"]));
        assert!(token != Token::of(&SecretKey::from_bytes([8; 32]), "n", &["date", "wrong"]));
        assert!(Token::parse(token.as_str()) == Some(token));
    }

    #[test]
    fn a_report_number_tells_nothing_and_can_be_drawn_again() {
        let token = Token::of(&key(), "n", &[]);
        let id = report_id(&key(), &token, 0);
        assert_eq!(id.len(), 8);
        assert_ne!(id, report_id(&key(), &token, 1));
        assert!(
            id[2..]
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() && !b"ILOU".contains(&b))
        );
    }

    #[test]
    fn a_client_has_another_trace_each_day() {
        let client = "192.0.2.1".parse().unwrap();
        let trace = client_hash(&key(), 1, client);
        assert_eq!(trace.len(), 32);
        assert_ne!(trace, client_hash(&key(), 2, client));
    }

    #[test]
    fn a_nonce_is_long_and_new() {
        assert_eq!(new_nonce().len(), 26);
        assert_ne!(new_nonce(), new_nonce());
    }

    proptest! {
        #[test]
        fn only_what_was_sealed_is_believed(sealed in "\\PC{0,60}|-?[0-9]{1,22}\\.[a-z2-7]{0,40}", nonce in "\\PC{0,30}") {
            prop_assert_eq!(check_start(&key(), &nonce, &sealed, NOON, "/contact"), Start::Forged);
        }

        #[test]
        fn only_tokens_are_taken_for_tokens(text in "\\PC{0,40}|[a-z0-9]{32}") {
            if let Some(token) = Token::parse(&text) {
                prop_assert_eq!(token.as_str(), text.as_str());
                prop_assert!(text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b)));
            }
        }
    }
}
