//! The audit finds what was done to it.

use super::*;
use crate::harness::daybook;

/// Some lines of the audit.
async fn with_lines() -> Desk {
    let desk = Desk::new();
    let id = desk.report("date", "4", "").await;
    desk.accept(&id).await;
    desk.reopen(&id).await;
    desk.decline(&id).await.unwrap();
    desk
}

fn verify(desk: &Desk, more: &[&str]) -> (bool, String) {
    let output = daybook(&desk.corpus.outside(""), &["audit", "verify"])
        .args(["--database-url", desk.corpus.database.url()])
        .args(more)
        .output()
        .unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), words)
}

/// As somebody would who owns the database.
fn tamper(desk: &Desk, sql: &str) {
    let database = &desk.corpus.database;
    if database.is_postgres() {
        database.execute(&format!(
            "ALTER TABLE audit DISABLE TRIGGER USER; {sql}; ALTER TABLE audit ENABLE TRIGGER USER"
        ));
    } else {
        database.execute(&format!(
            "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; {sql}"
        ));
    }
}

#[tokio::test]
async fn an_untouched_audit_is_whole_and_names_its_newest_seal() {
    let desk = Desk::new();
    assert_eq!(
        verify(&desk, &[]),
        (true, "The audit has no line yet.\n".to_owned())
    );
    let desk = with_lines().await;
    let (whole, words) = verify(&desk, &[]);
    assert!(whole, "{words}");
    assert!(words.starts_with("The audit is whole: 5 lines"), "{words}");
    let seal = words.trim().rsplit(' ').next().unwrap();
    assert!(verify(&desk, &["--head", seal]).0);
    assert!(!verify(&desk, &["--head", &"0".repeat(64)]).0);
}

#[tokio::test]
async fn whatever_is_changed_later_is_found() {
    for (sql, line) in [
        ("UPDATE audit SET why = 'x' WHERE number = 3", 3),
        ("UPDATE audit SET actor = 'operator' WHERE number = 2", 2),
        ("UPDATE audit SET at = at + 1 WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 4", 4),
        ("DELETE FROM audit WHERE number = 1", 1),
    ] {
        let desk = with_lines().await;
        tamper(&desk, sql);
        let (whole, words) = verify(&desk, &[]);
        assert!(!whole, "{sql}: {words}");
        assert!(
            words.contains(&format!("at line {line}:")),
            "{sql}: {words}"
        );
    }
    // What was cut off at the end only a seal can tell that was noted before.
    let desk = with_lines().await;
    let (_, words) = verify(&desk, &[]);
    let seal = words.trim().rsplit(' ').next().unwrap().to_owned();
    tamper(&desk, "DELETE FROM audit WHERE number = 5");
    assert!(verify(&desk, &[]).0);
    assert!(!verify(&desk, &["--head", &seal]).0);
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_a_line() {
    let desk = with_lines().await;
    for sql in ["UPDATE audit SET why = 'x'", "DELETE FROM audit"] {
        let sql = sql.to_owned();
        let refused = desk
            .db
            .write(move |conn| diesel::connection::SimpleConnection::batch_execute(conn, &sql))
            .await;
        let words = format!("{:?}", refused.unwrap_err());
        assert!(words.contains("the audit is only added to"), "{words}");
    }
    assert!(verify(&desk, &[]).0);
}

#[tokio::test]
async fn many_who_write_at_once_make_one_chain() {
    let desk = Desk::new();
    let mut writers = Vec::new();
    for number in 0..12 {
        let db = desk.db.clone();
        writers.push(tokio::spawn(async move {
            let subject = format!("R-{number:06}");
            db.write(move |conn| {
                cases::audit::append(
                    conn,
                    &cases::audit::Entry {
                        at: NOON,
                        actor: "reader",
                        subject: &subject,
                        from: "",
                        to: "received",
                        why: "",
                    },
                )
            })
            .await
            .unwrap();
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let (whole, words) = verify(&desk, &[]);
    assert!(whole && words.contains("12 lines"), "{words}");
}
