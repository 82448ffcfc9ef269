//! The calculation that a browser does for its reader while the site is under
//! attack: a number that makes a hash begin with zeros. It costs one reader a
//! second, and a flood as many seconds as it has reports.
//!
//! What is to be calculated is sealed for one form, so nothing of it has to be
//! remembered until it is used; `static/js/proof-of-work.js` finds the answer.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::SecretKey;
use crate::reports::token;

/// How many bits of the hash have to be zero: about 260,000 attempts, which
/// take a telephone a second or two.
pub(in crate::reports) const BITS: u32 = 18;
/// How long an answer is taken, in milliseconds.
const GOOD_FOR: i64 = 2 * 60 * 60 * 1000;

/// A challenge for the form with this nonce at this path, as the form carries
/// it: `bits.expiry.seal`.
pub(in crate::reports) fn set(key: &SecretKey, nonce: &str, path: &str, now: i64) -> String {
    sealed(key, nonce, path, BITS, now + GOOD_FOR)
}

/// Whether `answer` solves a challenge of ours that is good for this form.
pub(in crate::reports) fn is_solved(
    key: &SecretKey,
    nonce: &str,
    path: &str,
    (challenge, answer): (&str, &str),
    now: i64,
) -> bool {
    let mut parts = challenge.split('.');
    let (Some(Ok(bits)), Some(Ok(expires))) = (
        parts.next().map(str::parse::<u32>),
        parts.next().map(str::parse::<i64>),
    ) else {
        return false;
    };
    let ours = sealed(key, nonce, path, bits, expires);
    bool::from(ours.as_bytes().ct_eq(challenge.as_bytes()))
        && now <= expires
        && !answer.is_empty()
        && answer.bytes().all(|byte| byte.is_ascii_digit())
        && zeros(&Sha256::digest(format!("{nonce}.{challenge}.{answer}"))) >= bits
}

fn sealed(key: &SecretKey, nonce: &str, path: &str, bits: u32, expires: i64) -> String {
    let seal = token::seal_challenge(key, &[nonce, path, &bits.to_string(), &expires.to_string()]);
    format!("{bits}.{expires}.{seal}")
}

fn zeros(hash: &[u8]) -> u32 {
    let whole = hash.iter().take_while(|byte| **byte == 0).count();
    let next = hash.get(whole).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(whole).map_or(u32::MAX, |whole| whole * 8 + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_262_400_000;

    #[test]
    fn an_answer_is_good_for_one_form_and_for_two_hours() {
        let key = SecretKey::from_bytes([7; 32]);
        // Few bits, so that the test is quick.
        let challenge = sealed(&key, "nonce", "/contact", 8, NOW + GOOD_FOR);
        let right =
            |answer: &u32| zeros(&Sha256::digest(format!("nonce.{challenge}.{answer}"))) >= 8;
        let answer = (0..).find(right).unwrap().to_string();
        let wrong = (0..).find(|answer| !right(answer)).unwrap().to_string();
        let solves = |nonce, path, answer: &str, now| {
            is_solved(&key, nonce, path, (&challenge, answer), now)
        };
        assert!(solves("nonce", "/contact", &answer, NOW));
        assert!(solves("nonce", "/contact", &answer, NOW + GOOD_FOR));
        assert!(!solves("nonce", "/contact", &answer, NOW + GOOD_FOR + 1));
        assert!(!solves("nonce", "/contact", &wrong, NOW));
        assert!(!solves("nonce", "/contact", "", NOW));
        assert!(!solves("other", "/contact", &answer, NOW));
        assert!(!solves("nonce", "/articles/a/report", &answer, NOW));
        let easier = challenge.replacen("8.", "0.", 1);
        assert!(!is_solved(
            &key,
            "nonce",
            "/contact",
            (&easier, &answer),
            NOW
        ));
        for odd in ["", ".", "8", "8.x.y", "-1.2.3"] {
            assert!(!is_solved(&key, "nonce", "/contact", (odd, &answer), NOW));
        }
    }

    #[test]
    fn zeros_are_counted_bit_by_bit() {
        assert_eq!(zeros(&[0xff]), 0);
        assert_eq!(zeros(&[0x00, 0x1f]), 11);
        assert_eq!(zeros(&[0x00; 2]), 16);
    }
}
