//! Everything of the desk that the secret key of the site keys: the proof in a
//! form, the traces of those who failed, what lies sealed in the database.
//!
//! Each use has a label of its own, and the parts of a message carry their
//! lengths, so that what is made for one use is never good for another.

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::SecretKey;

/// 256 random bits in 52 lower-case letters and digits.
pub(in crate::desk) fn new_secret() -> String {
    lower_base32(&rand::random::<[u8; 32]>())
}

/// Whether a text can be one of [`new_secret`].
pub(in crate::desk) fn is_secret(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte);
    text.len() == 52 && text.bytes().all(plain)
}

/// What the database knows of a secret of 256 random bits: its SHA-256, in
/// hexadecimal.
pub(in crate::desk) fn hash(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}

/// The proof that a form belongs to the browser with this secret. Another text
/// each time, so that nothing of it can be guessed from the length of
/// compressed pages (BREACH).
pub(in crate::desk) fn csrf(key: &SecretKey, secret: &str) -> String {
    let pad = rand::random::<[u8; 32]>();
    let mut bytes = pad.to_vec();
    let proof = seal(key, "csrf", &[secret]);
    bytes.extend(proof.iter().zip(pad).map(|(byte, pad)| byte ^ pad));
    BASE64URL_NOPAD.encode(&bytes)
}

/// Whether a form holds the proof of [`csrf`] for this secret.
pub(in crate::desk) fn is_csrf(key: &SecretKey, secret: &str, given: &str) -> bool {
    let Ok(bytes) = BASE64URL_NOPAD.decode(given.as_bytes()) else {
        return false;
    };
    let Some((pad, masked)) = bytes.split_at_checked(32) else {
        return false;
    };
    let proof: Vec<u8> = masked
        .iter()
        .zip(pad)
        .map(|(byte, pad)| byte ^ pad)
        .collect();
    proof.ct_eq(&seal(key, "csrf", &[secret])).into()
}

/// What stands for somebody or something in a table of traces; nobody without
/// the key finds out who it was.
pub(in crate::desk) fn trace(key: &SecretKey, label: &str, parts: &[&str]) -> String {
    HEXLOWER.encode(&seal(key, label, parts))
}

/// A signature over a text that a browser keeps for us.
pub(in crate::desk) fn sign(key: &SecretKey, label: &str, text: &str) -> String {
    lower_base32(&seal(key, label, &[text]))
}

/// Whether [`sign`] made this signature.
pub(in crate::desk) fn is_signed(key: &SecretKey, label: &str, text: &str, given: &str) -> bool {
    sign(key, label, text)
        .as_bytes()
        .ct_eq(given.as_bytes())
        .into()
}

/// Encrypts what a stolen database or a form must not give away. Only the same
/// `owner` can have it back.
pub(in crate::desk) fn encrypt(key: &SecretKey, owner: &str, plain: &[u8]) -> String {
    let nonce = rand::random::<[u8; 24]>();
    let payload = Payload {
        msg: plain,
        aad: owner.as_bytes(),
    };
    let sealed = cipher(key)
        .encrypt(&nonce.into(), payload)
        .expect("XChaCha20-Poly1305 takes messages of many gigabytes");
    BASE64URL_NOPAD.encode(&[nonce.as_slice(), &sealed].concat())
}

/// What [`encrypt`] was given; `None` for what it did not make, or made for
/// another owner or under another key.
pub(in crate::desk) fn decrypt(key: &SecretKey, owner: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let (nonce, msg) = bytes.split_at_checked(24)?;
    let nonce: [u8; 24] = nonce.try_into().ok()?;
    let aad = owner.as_bytes();
    cipher(key)
        .decrypt(&nonce.into(), Payload { msg, aad })
        .ok()
}

fn cipher(key: &SecretKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&seal(key, "encryption", &[]).into())
}

fn seal(key: &SecretKey, label: &str, parts: &[&str]) -> [u8; 32] {
    key.seal("desk", label, parts)
}

fn lower_base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_bytes([7; 32])
    }

    #[test]
    fn a_proof_is_good_for_its_browser_and_never_twice_the_same() {
        let secret = new_secret();
        assert!(is_secret(&secret));
        let (one, two) = (csrf(&key(), &secret), csrf(&key(), &secret));
        assert_ne!(one, two);
        assert!(is_csrf(&key(), &secret, &one) && is_csrf(&key(), &secret, &two));
        assert!(!is_csrf(&key(), &new_secret(), &one));
        assert!(!is_csrf(&SecretKey::from_bytes([8; 32]), &secret, &one));
        for nonsense in ["", "x", "é", &one[1..], &"A".repeat(86)] {
            assert!(!is_csrf(&key(), &secret, nonsense), "{nonsense}");
        }
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_alone() {
        let sealed = encrypt(&key(), "E-1", b"secret");
        assert_eq!(decrypt(&key(), "E-1", &sealed).unwrap(), b"secret");
        assert_eq!(decrypt(&key(), "E-2", &sealed), None);
        assert_eq!(
            decrypt(&SecretKey::from_bytes([8; 32]), "E-1", &sealed),
            None
        );
        assert_eq!(decrypt(&key(), "E-1", "AAAA"), None);
        assert!(!sealed.contains("secret"));
    }
}
