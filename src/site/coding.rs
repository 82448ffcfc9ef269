//! Content codings (RFC 9110 section 8.4): which of them a client takes, and
//! the bytes in it. The compression of the web framework knows one quick level
//! for all; pages and static files deserve better, so they arrive there
//! already compressed, and it leaves them alone.

use std::io::{self, Read, Write};

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// How the bytes of an answer are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Zstandard (RFC 8878).
    Zstd,
    /// Gzip (RFC 1952).
    Gzip,
    /// As they are.
    Identity,
}

/// How long to look for a shorter way to say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For what is made anew for each request: about a millisecond for a long
    /// page. Half a kilobyte less than the quickest level on an article.
    Quick,
    /// For what is compressed once: some tenths of a second for a hundred
    /// kilobytes.
    Most,
}

impl Coding {
    /// What we can write, the best first: among those that a client likes
    /// equally well, the first is taken.
    pub const ALL: [Coding; 4] = [Coding::Brotli, Coding::Zstd, Coding::Gzip, Coding::Identity];

    /// The word for it in `Accept-Encoding` and `Content-Encoding`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
            Coding::Gzip => "gzip",
            Coding::Identity => "identity",
        }
    }

    /// The coding that the client of this request likes best. Without the
    /// header, or with one that refuses everything, the bytes go as they are.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Coding {
        Coding::accepted_by(request.headers())
    }

    /// As [`Coding::of`], of the headers alone. Nothing is allocated for the one
    /// line that clients send.
    #[must_use]
    pub fn accepted_by(headers: &HeaderMap) -> Coding {
        let mut lines = headers.get_all(ACCEPT_ENCODING);
        let words = |line: &HeaderValue| line.to_str().map(str::to_owned).unwrap_or_default();
        match (lines.next(), lines.next()) {
            (None, _) => Coding::Identity,
            (Some(only), None) => only.to_str().map_or(Coding::Identity, negotiate),
            (Some(first), Some(second)) => {
                let rest = lines.map(words);
                let all: Vec<_> = [words(first), words(second)]
                    .into_iter()
                    .chain(rest)
                    .collect();
                negotiate(&all.join(","))
            }
        }
    }

    /// The bytes that were encoded so.
    ///
    /// # Errors
    /// They were not.
    pub fn decode(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(bytes.len() * 4);
        match self {
            Coding::Identity => out.extend_from_slice(bytes),
            Coding::Brotli => brotli::BrotliDecompress(&mut &*bytes, &mut out)?,
            Coding::Zstd => return zstd::stream::decode_all(bytes),
            Coding::Gzip => GzDecoder::new(bytes).read_to_end(&mut out).map(drop)?,
        }
        Ok(out)
    }

    /// The bytes in this coding.
    ///
    /// # Errors
    /// The encoder's; none is known that happens in memory.
    pub fn encode(self, bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
        // Levels measured on the pages of this site: above 5 brotli takes
        // twice as long for one part in a hundred.
        match self {
            Coding::Identity => Ok(bytes.to_vec()),
            Coding::Brotli => {
                let mut out = Vec::with_capacity(bytes.len() / 3);
                let params = brotli::enc::BrotliEncoderParams {
                    quality: if effort == Effort::Most { 11 } else { 5 },
                    size_hint: bytes.len(),
                    lgwin: window(bytes.len()),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
                Ok(out)
            }
            Coding::Zstd => {
                zstd::bulk::compress(bytes, if effort == Effort::Most { 19 } else { 6 })
            }
            Coding::Gzip => {
                let level = if effort == Effort::Most { 9 } else { 6 };
                let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::new(level));
                encoder.write_all(bytes)?;
                encoder.finish()
            }
        }
    }
}

/// The window of Brotli for a text of so many bytes, as a power of two: no
/// longer than it needs, because the encoder clears twice as much memory before
/// it begins (8 MiB where nothing is said). Below 17 it would choose another way
/// to search.
fn window(length: usize) -> i32 {
    (17..22).find(|bits| length < 1 << bits).unwrap_or(22)
}

/// True for media types that are text at heart. Fonts and pictures are
/// compressed in themselves.
#[must_use]
pub fn is_worth_coding(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("+json")
        || ["application/json", "application/xml"].contains(&kind)
}

/// Chooses by the value of `Accept-Encoding` (RFC 9110 section 12.5.3). Bytes
/// as they are stay the last resort unless the client names them.
fn negotiate(accepted: &str) -> Coding {
    let known = USUAL.iter().find(|(usual, _)| *usual == accepted);
    known.map_or_else(|| weigh(accepted), |(_, coding)| *coding)
}

/// What browsers and most programs send, so that it need not be taken apart for
/// each request.
const USUAL: [(&str, Coding); 4] = [
    ("gzip, deflate, br, zstd", Coding::Brotli),
    ("gzip, deflate, br", Coding::Brotli),
    ("br", Coding::Brotli),
    ("gzip", Coding::Gzip),
];

fn weigh(accepted: &str) -> Coding {
    let items = || {
        accepted.split(',').filter_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?;
            let weight = parts
                .find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")))
                .map_or(1000, thousandths);
            Some((name, weight))
        })
    };
    let weight_of = |name: &str| {
        let found = items().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, weight)| weight)
    };
    let any = weight_of("*").unwrap_or(0);
    let mut best = (Coding::Identity, 0);
    for coding in Coding::ALL {
        // An older name of gzip, which RFC 9110 asks to take as the same.
        let own = weight_of(coding.name()).or(match coding {
            Coding::Gzip => weight_of("x-gzip"),
            _ => None,
        });
        let weight = match coding {
            Coding::Identity => own.unwrap_or(0),
            _ => own.unwrap_or(any),
        };
        if weight > best.1 {
            best = (coding, weight);
        }
    }
    best.0
}

/// A weight from 0 to 1 in thousandths. What cannot be read counts as refused,
/// so that a client is never sent what it may not understand.
fn thousandths(weight: &str) -> u16 {
    match weight.parse::<f64>() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked"
        )]
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_chooses_and_we_break_the_tie() {
        for (accepted, coding) in [
            ("", Coding::Identity),
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip, deflate, zstd", Coding::Zstd),
            ("GZIP", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("deflate", Coding::Identity),
            ("br;q=0.5, gzip;q=0.8", Coding::Gzip),
            ("br; q=0.001, identity;q=0", Coding::Brotli),
            ("br;q=0, gzip", Coding::Gzip),
            ("br;q=0, *", Coding::Zstd),
            ("*", Coding::Brotli),
            ("*;q=0", Coding::Identity),
            ("identity, br;q=0.5", Coding::Identity),
            ("identity;q=0.5, br", Coding::Brotli),
            ("br;q=nonsense, gzip;q=0.1", Coding::Gzip),
            ("br;q=7, gzip;q=0.1", Coding::Gzip),
            (",,;q=1,", Coding::Identity),
        ] {
            assert_eq!(negotiate(accepted), coding, "{accepted:?}");
        }
    }

    #[test]
    fn what_is_usual_means_what_it_says() {
        for (accepted, coding) in USUAL {
            assert_eq!(weigh(accepted), coding, "{accepted}");
        }
    }

    #[test]
    fn more_effort_never_gives_more_bytes() {
        let text = "On January 4 the city fell. ".repeat(40);
        for coding in Coding::ALL {
            let quick = coding.encode(text.as_bytes(), Effort::Quick).unwrap();
            let most = coding.encode(text.as_bytes(), Effort::Most).unwrap();
            assert!(most.len() <= quick.len(), "{coding:?}");
            assert_eq!(coding == Coding::Identity, quick.len() == text.len());
            assert_eq!(coding.decode(&quick).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn only_text_is_worth_it() {
        for text in [
            "text/css; charset=utf-8",
            "image/svg+xml",
            "application/json",
        ] {
            assert!(is_worth_coding(text), "{text}");
        }
        for not in ["font/woff2", "image/png", "application/octet-stream", ""] {
            assert!(!is_worth_coding(not), "{not}");
        }
    }
}
