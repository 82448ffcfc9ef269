//! Passwords: which are taken, and how they are kept.

use std::sync::Arc;

use actix_web::web;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::error::AppError;

/// Bytes. Longer than most are used to, because nothing else is asked of a
/// password (NIST SP 800-63B-4, 3.1.1.2).
const SHORTEST: usize = 15;
/// Bytes. Far more than any password manager makes.
const LONGEST: usize = 1024;

/// Argon2id as OWASP asks at the least: 19 MiB of memory, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password that nobody has, for accounts that nobody has: it takes as long
/// to find it wrong as any other.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBwYXNzd29yZA$\
    p1Tn2iVQ0h8n3m6vYq1l7wW3v0m8b0bX0o7y2k9s4fE";

/// Hashes passwords, never more than two at a time: each takes memory and a
/// core, and whoever guesses shall not take all of both. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    permits: Arc<Semaphore>,
}

impl Passwords {
    /// With the cost that this version asks for.
    #[must_use]
    pub fn new() -> Passwords {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
            .expect("the costs lie within what Argon2 allows");
        Passwords {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            permits: Arc::new(Semaphore::new(2)),
        }
    }

    /// Whether `password` is the one that `kept` was made of. With `None` it is
    /// not, and that takes as long.
    pub(super) async fn is_right(
        &self,
        password: &str,
        kept: Option<String>,
    ) -> Result<bool, AppError> {
        let password = password.to_owned();
        self.run(move |argon2| {
            let kept = kept.filter(|kept| !kept.is_empty());
            let is_somebodys = kept.is_some();
            let kept = kept.as_deref().unwrap_or(NOBODYS);
            let Ok(hash) = PasswordHash::new(kept) else {
                tracing::error!("a password in the database is no PHC string");
                return false;
            };
            argon2.verify_password(password.as_bytes(), &hash).is_ok() && is_somebodys
        })
        .await
    }

    /// The PHC string to keep of a password.
    pub(super) async fn hash(&self, password: &str) -> Result<String, AppError> {
        let password = password.to_owned();
        let hashed = self
            .run(move |argon2| {
                let hash: Result<PasswordHash, _> = argon2.hash_password(password.as_bytes());
                hash.map(|hash| hash.to_string())
            })
            .await?;
        hashed.map_err(|error| AppError::Internal(anyhow::anyhow!("Argon2: {error}")))
    }

    /// Whether what is kept was made with other costs than today's.
    pub(super) fn is_outdated(kept: &str) -> bool {
        let today = format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$");
        !kept.starts_with(&today)
    }

    /// What is wrong with a password that somebody wants to have, in a
    /// sentence. `about` is what others know of them: name, address, site.
    pub(super) async fn refuse(
        &self,
        password: &str,
        about: Vec<String>,
    ) -> Result<Option<String>, AppError> {
        if password.len() < SHORTEST {
            return Ok(Some(format!(
                "It is too short: {SHORTEST} characters or more make a good one. Four or five \
                 words that have nothing to do with each other are easy to remember."
            )));
        }
        if password.len() > LONGEST {
            return Ok(Some(format!(
                "It is too long: {LONGEST} bytes are the most."
            )));
        }
        let password = password.to_owned();
        let is_weak = self
            .run(move |_| {
                let about: Vec<&str> = about.iter().map(String::as_str).collect();
                zxcvbn(&password, &about).score() < Score::Three
            })
            .await?;
        Ok(is_weak.then(|| {
            "It is too easily guessed: it is one of the passwords that many people use, or it is \
             made of your name, a date, a repeated word or a row of keys. Four or five words that \
             have nothing to do with each other are better."
                .to_owned()
        }))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let internal = |error: anyhow::Error| AppError::Internal(error);
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|error| internal(error.into()))?;
        let argon2 = self.argon2.clone();
        web::block(move || {
            // Held until the work is done, even if nobody waits for it any more.
            let _permit = permit;
            work(&argon2)
        })
        .await
        .map_err(|error| internal(error.into()))
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_password_is_right_for_its_hash_alone() {
        let passwords = Passwords::new();
        let kept = passwords.hash("one two three four five").await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(!Passwords::is_outdated(&kept));
        assert!(Passwords::is_outdated(
            "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA"
        ));
        let is_right = async |password: &str, kept: Option<String>| {
            passwords.is_right(password, kept).await.unwrap()
        };
        assert!(is_right("one two three four five", Some(kept.clone())).await);
        assert!(!is_right("one two three four fivE", Some(kept.clone())).await);
        assert!(!is_right("", Some(String::new())).await);
        assert!(!is_right("", None).await);
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }

    #[actix_web::test]
    async fn long_and_unusual_is_all_that_is_asked() {
        let passwords = Passwords::new();
        let refused = async |password: &str| {
            let about = vec![
                "ada.lovelace@example.org".to_owned(),
                "Ada Lovelace".to_owned(),
            ];
            passwords.refuse(password, about).await.unwrap()
        };
        for good in [
            "marsh kettle obvious tin",
            "\u{1f98a}\u{1f98a} auf dem Dach, \u{e9}t\u{e9}",
            "v8J!kq2#Wz0pLm5",
        ] {
            assert_eq!(refused(good).await, None, "{good}");
        }
        assert!(refused("Tr0ub4dor&3").await.unwrap().contains("too short"));
        assert!(
            refused(&"a b".repeat(400))
                .await
                .unwrap()
                .contains("too long")
        );
        for weak in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaaaa",
            "qwertyuiopasdfgh",
            "ada.lovelace@example.org",
            "123456789012345",
        ] {
            assert!(refused(weak).await.unwrap().contains("guessed"), "{weak}");
        }
    }
}
