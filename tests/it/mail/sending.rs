//! What goes right.

use daybook::mail::{self, Pass};
use mail_parser::MessageParser;

use super::{NOW, Post, clear, message, pass};
use crate::harness::{SmtpServer, Way};

#[actix_web::test]
async fn a_mail_is_sent_once_and_its_words_are_then_forgotten() {
    let (post, server) = clear().await;
    let id = post.queue("reader@example.org");
    let mut postman = post.postman(&server);
    assert_eq!(pass(&mut postman, NOW).await, Pass::Done);

    let row = post.row(&id);
    assert_eq!((row.state.as_str(), row.attempts), ("sent", 1));
    assert_eq!((row.text.as_str(), row.html.as_str()), ("", ""));
    assert_eq!(row.answer, "250 queued as 4711");
    pass(&mut postman, NOW + 1).await;
    let received = server.received();
    assert_eq!(received.len(), 1);

    let one = &received[0];
    assert_eq!(one.from, "daybook@history.example");
    assert_eq!(one.to, ["reader@example.org"]);
    let mail = MessageParser::default().parse(&one.bytes).unwrap();
    assert_eq!(mail.message_id().unwrap(), format!("{id}@history.example"));
    assert_eq!(mail.subject().unwrap(), "What became of your report");
    assert_eq!(
        mail.header_raw("Auto-Submitted").unwrap().trim(),
        "auto-generated"
    );
    // Also the line that is only a dot.
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(text, "Dear reader,\n.\nit was corrected.\n");
    assert!(mail.body_html(0).unwrap().contains("<p>Dear reader"));
}

#[actix_web::test]
async fn a_second_mail_for_the_same_cause_is_never_written() {
    let (post, server) = clear().await;
    let message = message("reader@example.org");
    let mut conn = post.db.connect().unwrap();
    assert!(mail::queue(&mut conn, &message, NOW).unwrap());
    assert!(!mail::queue(&mut conn, &message, NOW).unwrap());
    let mut postman = post.postman(&server);
    pass(&mut postman, NOW).await;
    // Nor after the first was sent.
    assert!(!mail::queue(&mut conn, &message, NOW + 1).unwrap());
    pass(&mut postman, NOW + 1).await;
    assert_eq!(server.received().len(), 1);
}

#[actix_web::test]
async fn each_message_goes_to_one_address_and_names_no_other() {
    let (post, server) = clear().await;
    let names: Vec<String> = (0..40)
        .map(|n| format!("canary{n:02}@example.org"))
        .collect();
    for name in &names {
        post.queue(name);
    }
    pass(&mut post.postman(&server), NOW).await;
    let received = server.received();
    assert_eq!(received.len(), names.len());
    for one in &received {
        let text = String::from_utf8_lossy(&one.bytes);
        let named: Vec<&String> = names.iter().filter(|name| text.contains(*name)).collect();
        assert_eq!(named, one.to.iter().collect::<Vec<_>>());
        assert_eq!(named.len(), 1);
    }
    // All of them on one connection.
    assert_eq!(server.connections(), 1);
}

#[actix_web::test]
async fn two_postmen_never_take_the_same_mail() {
    let (post, server) = clear().await;
    for n in 0..30 {
        post.queue(&format!("reader{n}@example.org"));
    }
    let mut first = post.postman(&server);
    // As another process, with connections of its own.
    let db = post.corpus.database.open();
    let mut second = post.postman_on(db, &server.url(), Some(&server.pem));
    let both = futures_util::future::join(pass(&mut first, NOW), pass(&mut second, NOW));
    assert_eq!(both.await, (Pass::Done, Pass::Done));
    let mut to: Vec<String> = server
        .received()
        .into_iter()
        .flat_map(|one| one.to)
        .collect();
    assert_eq!(to.len(), 30);
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 30);
}

#[actix_web::test]
async fn mail_and_password_go_only_over_tls() {
    for way in [Way::Starttls, Way::Tls] {
        let post = Post::new();
        let server = SmtpServer::start(way).await;
        let id = post.queue("reader@example.org");
        pass(&mut post.postman(&server), NOW).await;
        assert_eq!(post.state(&id), "sent", "{way:?} {}", post.row(&id).answer);
        assert!(server.received()[0].is_encrypted);
        let commands = server.commands();
        let at = |word: &str| commands.iter().position(|line| line.starts_with(word));
        let login = at("AUTH PLAIN").unwrap();
        assert!(at("STARTTLS").is_none_or(|starttls| starttls < login));
        // The name and the password that the URL spells with %20.
        let words = commands[login].rsplit(' ').next().unwrap();
        let words = data_encoding::BASE64.decode(words.as_bytes()).unwrap();
        assert_eq!(words, b"\0daybook\0hunter2 ");
    }
}

#[actix_web::test]
async fn answers_go_to_the_desk_and_the_sender_is_the_one_that_is_set() {
    let post = Post::new();
    let config = post.config(&[
        ("DAYBOOK_MAIL_FROM", "The Däybook <post@history.example>"),
        ("DAYBOOK_DESK_EMAIL", "desk@history.example"),
    ]);
    post.queue("reader@example.org");
    let mut postman = daybook::mail::Postman::new(post.db.clone(), &config).unwrap();
    pass(&mut postman, NOW).await;
    let file = std::fs::read_dir(config.mail_folder()).unwrap().next();
    let bytes = std::fs::read(file.unwrap().unwrap().path()).unwrap();
    let mail = MessageParser::default().parse(&bytes).unwrap();
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!(from.name(), Some("The Däybook"));
    assert_eq!(from.address(), Some("post@history.example"));
    let reply_to = mail.reply_to().unwrap().first().unwrap();
    assert_eq!(reply_to.address(), Some("desk@history.example"));
}

#[actix_web::test]
async fn without_a_server_each_mail_is_a_file() {
    let post = Post::new();
    let config = post.config(&[]);
    let ids: Vec<String> = (0..3)
        .map(|n| post.queue(&format!("r{n}@example.org")))
        .collect();
    let mut postman = daybook::mail::Postman::new(post.db.clone(), &config).unwrap();
    assert_eq!(pass(&mut postman, NOW).await, Pass::Done);
    let mut names: Vec<String> = std::fs::read_dir(config.mail_folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut expected: Vec<String> = ids
        .iter()
        .map(|id| format!("20251124T160000Z-{id}.eml"))
        .collect();
    expected.sort();
    assert_eq!(names, expected, "whole files, and no drafts of them");
    for id in &ids {
        assert_eq!(post.state(id), "sent");
        assert_eq!(post.row(id).text, "");
    }
    let bytes = std::fs::read(config.mail_folder().join(&names[0])).unwrap();
    assert!(MessageParser::default().parse(&bytes).is_some());
}

#[actix_web::test]
async fn a_folder_that_cannot_be_written_to_loses_no_mail() {
    let post = Post::new();
    let config = post.config(&[]);
    let id = post.queue("reader@example.org");
    std::fs::write(config.mail_folder(), "a file in its place").unwrap();
    let mut postman = daybook::mail::Postman::new(post.db.clone(), &config).unwrap();
    pass(&mut postman, NOW).await;
    let row = post.row(&id);
    assert_eq!(row.state, "waiting");
    assert!(
        row.answer
            .starts_with("the mail folder cannot be written to")
    );
    assert!(!row.text.is_empty());
}
