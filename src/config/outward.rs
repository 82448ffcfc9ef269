//! Whom the instance tells of its changes. All of it is off by default: a
//! program that was not asked to calls nobody.

use url::Url;

/// Where search engines that share what they are told take it
/// (<https://www.indexnow.org/documentation>).
pub(super) const INDEX_NOW: &str = "https://api.indexnow.org/indexnow";

/// A key that shows a search engine that we may speak for the site.
pub(super) fn index_now_key(text: &str) -> Result<String, String> {
    let key = text.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(8..=128).contains(&key.len()) || !key.bytes().all(plain) {
        return Err(
            "write 8 to 128 letters, digits and hyphens, such as `openssl rand -hex 16` prints"
                .to_owned(),
        );
    }
    Ok(key.to_owned())
}

/// An address that something is sent to.
pub(super) fn address(text: &str) -> Result<String, String> {
    let url = Url::parse(text.trim())
        .map_err(|error| format!("write an address such as https://hub.example/ ({error})"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the address must begin with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address must not hold a user name or a password".to_owned());
    }
    if url.fragment().is_some() {
        return Err("the address must not hold a #".to_owned());
    }
    Ok(url.to_string())
}
