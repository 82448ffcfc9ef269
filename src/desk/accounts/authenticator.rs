//! The second factor: codes of an authenticator (RFC 6238), and recovery codes
//! for the day on which it is lost.

use totp_rs::{Builder, Secret, Totp};

use crate::config::SecretKey;
use crate::desk::gate::seal;
use crate::site::qr::Squares;

/// How many recovery codes there are.
pub(super) const RECOVERY_CODES: usize = 10;

/// How long a secret may wait for its first code.
const SET_UP_MS: i64 = 30 * 60 * 1_000;

/// An authenticator that somebody sets up: nothing is kept of it until its
/// first code has come.
pub(super) struct SetUp {
    /// The secret, sealed for this editor, for a hidden field.
    pub(super) sealed: String,
    /// The secret in groups of four letters, to be typed.
    pub(super) secret: String,
    /// The address that the picture holds, for a link on a telephone.
    pub(super) url: String,
    /// The dark squares of the picture as the `d` of an SVG path.
    pub(super) path: String,
    /// Width and height of the picture in squares, its white edge included.
    pub(super) size: usize,
}

impl SetUp {
    /// A new secret for an editor. `site` and `account` are what the
    /// authenticator will show.
    pub(super) fn new(
        key: &SecretKey,
        editor: &str,
        site: &str,
        account: &str,
        now: i64,
    ) -> anyhow::Result<SetUp> {
        let secret = rand::random::<[u8; 20]>();
        let sealed = seal_for_form(key, editor, &secret, now);
        SetUp::show(sealed, &secret, site, account)
    }

    /// The one that a form brings back, so that a mistyped code does not ask
    /// for another picture. `None` if it is too old, or not for this editor.
    pub(super) fn again(
        key: &SecretKey,
        editor: &str,
        site: &str,
        account: &str,
        sealed: &str,
        now: i64,
    ) -> Option<SetUp> {
        let secret = open_from_form(key, editor, sealed, now)?;
        SetUp::show(sealed.to_owned(), &secret, site, account).ok()
    }

    fn show(sealed: String, secret: &[u8], site: &str, account: &str) -> anyhow::Result<SetUp> {
        // The colon parts the two in the address.
        let plain = |text: &str| text.replace(':', " ");
        let totp = Builder::new()
            .with_secret(secret.to_vec())
            .with_issuer(Some(plain(site)))
            .with_account_name(plain(account))
            .build()?;
        let url = totp.to_url()?;
        let picture = Squares::of(&url)?;
        let letters = Secret::from(secret.to_vec()).to_base32();
        let groups: Vec<String> = letters
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        Ok(SetUp {
            sealed,
            secret: groups.join(" "),
            url,
            path: picture.path,
            size: picture.size,
        })
    }
}

/// Checks the first code of the authenticator whose secret the form brings
/// back; gives what to keep of the secret, and the step of the code.
pub(super) fn confirm(
    key: &SecretKey,
    editor: &str,
    sealed: &str,
    code: &str,
    now: i64,
) -> Option<(String, i64)> {
    let secret = open_from_form(key, editor, sealed, now)?;
    let step = check(&secret, code, now)?;
    Some((seal::encrypt(key, &kept_for(editor), &secret), step))
}

/// The step of a code, if it is one of this editor's authenticator within half
/// a minute of now. Whether it was used before, the caller has to ask.
pub(super) fn step_of(
    key: &SecretKey,
    editor: &str,
    kept: &str,
    code: &str,
    now: i64,
) -> Option<i64> {
    check(&seal::decrypt(key, &kept_for(editor), kept)?, code, now)
}

/// Whether the secret can still be opened: it cannot once the key of the site
/// is another.
pub(super) fn is_readable(key: &SecretKey, editor: &str, kept: &str) -> bool {
    seal::decrypt(key, &kept_for(editor), kept).is_some()
}

/// New recovery codes: ten letters and digits each, fifty bits.
pub(super) fn new_recovery_codes() -> Vec<String> {
    let code = || {
        let letters = &seal::new_secret()[..10];
        format!("{}-{}", &letters[..5], &letters[5..])
    };
    std::iter::repeat_with(code).take(RECOVERY_CODES).collect()
}

/// What the database knows of a recovery code, however it was typed. Keyed,
/// because fifty bits can be tried out.
pub(super) fn recovery_trace(key: &SecretKey, editor: &str, code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    seal::trace(key, "recovery", &[editor, &plain])
}

fn check(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let code: String = code
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let totp: Totp = Builder::new().with_secret(secret.to_vec()).build().ok()?;
    let seconds = u64::try_from(now.div_euclid(1_000)).ok()?;
    let step = totp.check(&code, seconds)?;
    i64::try_from(step).ok()
}

fn kept_for(editor: &str) -> String {
    format!("authenticator {editor}")
}

fn seal_for_form(key: &SecretKey, editor: &str, secret: &[u8], now: i64) -> String {
    let plain = [now.to_be_bytes().as_slice(), secret].concat();
    seal::encrypt(key, &format!("set-up {editor}"), &plain)
}

fn open_from_form(key: &SecretKey, editor: &str, sealed: &str, now: i64) -> Option<Vec<u8>> {
    let plain = seal::decrypt(key, &format!("set-up {editor}"), sealed)?;
    let (since, secret) = plain.split_at_checked(8)?;
    let since = i64::from_be_bytes(since.try_into().ok()?);
    (0..SET_UP_MS)
        .contains(&now.saturating_sub(since))
        .then(|| secret.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_262_400_000;

    fn key() -> SecretKey {
        SecretKey::from_bytes([7; 32])
    }

    fn code_of(set_up: &SetUp, at: i64) -> String {
        let letters = set_up.secret.replace(' ', "");
        let secret = Secret::try_from_base32(letters).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(at / 1_000).unwrap())
            .to_string()
    }

    #[test]
    fn an_authenticator_is_set_up_with_its_first_code() {
        let set_up = SetUp::new(&key(), "E-1", "Day: book", "a@example.org", NOON).unwrap();
        assert!(set_up.url.starts_with("otpauth://totp/"), "{}", set_up.url);
        assert!(set_up.path.starts_with("M4 4h7v1h-7z"), "{}", set_up.path);
        let code = code_of(&set_up, NOON);
        let confirm = |editor, code: &str, now| confirm(&key(), editor, &set_up.sealed, code, now);
        let (kept, step) = confirm("E-1", &code, NOON).unwrap();
        assert_eq!(step, NOON / 30_000);
        assert!(!kept.contains(&set_up.secret.replace(' ', "")));
        assert_eq!(confirm("E-2", &code, NOON), None);
        assert_eq!(confirm("E-1", "000000", NOON), None);
        assert_eq!(
            confirm("E-1", &code_of(&set_up, NOON + SET_UP_MS), NOON + SET_UP_MS),
            None
        );

        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(
            step_of(&key(), "E-1", &kept, &spaced, NOON + 30_000),
            Some(step)
        );
        assert_eq!(step_of(&key(), "E-1", &kept, &code, NOON + 90_000), None);
        assert_eq!(step_of(&key(), "E-2", &kept, &code, NOON), None);
        for nonsense in ["", "abcdef", "12345", "1234567", "١٢٣٤٥٦"] {
            assert_eq!(
                step_of(&key(), "E-1", &kept, nonsense, NOON),
                None,
                "{nonsense}"
            );
        }
    }

    #[test]
    fn recovery_codes_may_be_typed_in_any_way() {
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let trace = |code: &str| recovery_trace(&key(), "E-1", code);
        let typed = codes[0].replace('-', " ").to_uppercase();
        assert_eq!(trace(&codes[0]), trace(&typed));
        assert_ne!(trace(&codes[0]), trace(&codes[1]));
        assert_ne!(trace(&codes[0]), recovery_trace(&key(), "E-2", &codes[0]));
    }
}
