//! The secret key of the site, from a setting or from a file that is made at
//! the first start.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

use super::Config;

/// 256 secret bits that key form tokens, receipts, cookies and hashes. Whoever
/// changes them makes forms that are open at that moment count as forged.
///
/// It never lies in the database, and neither prints nor logs.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 32]);

/// Why there is no secret key to work with.
#[derive(Debug, Error)]
pub enum SecretKeyError {
    /// The key file is there but cannot be read.
    #[error("the secret key file {} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The key file holds something else.
    #[error(
        "the secret key file {} does not hold 64 hexadecimal digits; restore it from a backup, or \
         remove it to have a new one made (forms that readers have open will then count as forged)",
        path.display()
    )]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// The data folder or the file cannot be made.
    #[error(
        "the secret key file {} cannot be made: {reason}; make the data folder writable, or set \
         DAYBOOK_SECRET_KEY",
        path.display()
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

impl SecretKey {
    /// The key of the setting, else of `secret.key` in the data folder, which
    /// is made, readable by its owner alone, when it is missing. Processes
    /// that start at the same time agree on one key.
    ///
    /// # Errors
    /// The file cannot be read or made, or holds no key.
    pub fn load_or_create(config: &Config) -> Result<SecretKey, SecretKeyError> {
        if let Some(key) = &config.secret_key {
            return Ok(key.clone());
        }
        let path = config.secret_key_file();
        match SecretKey::load(&path) {
            Err(SecretKeyError::Unreadable { reason, .. })
                if reason.kind() == io::ErrorKind::NotFound => {}
            outcome => return outcome,
        }
        if let Err(reason) = create(&path) {
            return Err(SecretKeyError::Unwritable { path, reason });
        }
        // Read back, because another process may have been first.
        SecretKey::load(&path)
    }

    /// A key from 32 bytes, for tests and tools.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> SecretKey {
        SecretKey(bytes)
    }

    /// The HMAC-SHA-256 of these parts, for one use that a part of the program
    /// makes of the key: what is sealed for one `room` or `label` is worth
    /// nothing for another, and no two lists of parts run together.
    #[must_use]
    pub fn seal(&self, room: &str, label: &str, parts: &[&str]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0)
            .expect("HMAC takes a key of any length");
        mac.update(format!("daybook {room}\0").as_bytes());
        for part in std::iter::once(&label).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    fn load(path: &Path) -> Result<SecretKey, SecretKeyError> {
        let bytes = fs::read(path).map_err(|reason| SecretKeyError::Unreadable {
            path: path.to_owned(),
            reason,
        })?;
        warn_if_open_to_others(path);
        String::from_utf8(bytes)
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .ok_or_else(|| SecretKeyError::Malformed {
                path: path.to_owned(),
            })
    }
}

impl FromStr for SecretKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(SecretKey)
            .ok_or_else(|| {
                "write 64 hexadecimal digits, such as `openssl rand -hex 32` prints".to_owned()
            })
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(hidden)")
    }
}

/// Makes the file whole or not at all: it is written under another name and
/// then linked, which fails, harmlessly, if another process was faster.
fn create(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = path.with_extension(format!("key.{:016x}", rand::random::<u64>()));
    let outcome = write_key(&draft).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    });
    // Nothing depends on the draft once it is linked or has failed.
    let _ = fs::remove_file(&draft);
    outcome?;
    // Not every system opens a folder as a file; those that do not keep the
    // name without being asked.
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(_) => Ok(()),
    }
}

fn write_key(path: &Path) -> io::Result<()> {
    let key = HEXLOWER_PERMISSIVE.encode(&rand::random::<[u8; 32]>());
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(format!("{key}\n").as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn warn_if_open_to_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Ok(metadata) = fs::metadata(path)
        && metadata.permissions().mode() & 0o077 != 0
    {
        tracing::warn!(
            file = %path.display(),
            "others on this machine can read the secret key; run chmod 600 on it"
        );
    }
}

#[cfg(not(unix))]
fn warn_if_open_to_others(_: &Path) {}
