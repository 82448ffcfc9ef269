//! What an open case keeps back from readers.

use daybook::cases::HoldKind;

use super::*;
use crate::harness::TestApp;

/// The corpus of a server, with one open case about an article.
pub(crate) async fn open_case(app: &TestApp, slug: &str, category: &str) -> (Db, String) {
    let db = app.database.open();
    app.database.execute(&format!(
        "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, quote,
            prefix, suffix, page, category, wrong, correct, source, email, client_hash)
         VALUES ('R-000001', 't', {NOON}, 'received', '', '{slug}', '', '', '', '', '{category}',
            'x', '', '', '', '')"
    ));
    let (slug, category) = (slug.to_owned(), category.to_owned());
    let id = db
        .write(move |conn| {
            let arrival = Arrival {
                report: "R-000001",
                article: Some(&slug),
                category: &category,
                quote: "",
                wrong: "x",
                correct: "",
                now: NOON,
            };
            cases::file(conn, &arrival)
        })
        .await
        .unwrap();
    (db, id)
}

pub(crate) async fn hold(db: &Db, id: &str, kind: HoldKind, wanted: bool) {
    let id = id.to_owned();
    db.write(move |conn| {
        let version = cases::by_id(conn, &id)?.unwrap().version;
        let change = Change {
            case: &id,
            seen: version,
            by: EDITOR,
            now: NOON,
        };
        if wanted {
            cases::hold(conn, &change, kind)
        } else {
            cases::release(conn, &change, kind)
        }
    })
    .await
    .unwrap()
    .unwrap();
}

#[tokio::test]
async fn a_date_that_is_known_to_be_wrong_leads_no_day() {
    let app = TestApp::start().await;
    let lead = async || {
        app.page("/on/july-20")
            .await
            .all(".lead-event__title a")
            .len()
    };
    assert_eq!(lead().await, 1);
    let (db, id) = open_case(&app, "moon-landing", "date").await;
    let wanted = id.clone();
    db.write(move |conn| {
        let change = Change {
            case: &wanted,
            seen: 1,
            by: EDITOR,
            now: NOON,
        };
        cases::accept(conn, &change, &acceptance())
    })
    .await
    .unwrap()
    .unwrap();
    assert_eq!(lead().await, 0);
    let notice = app.page("/articles/moon-landing").await;
    let notice = notice.one(".notice--wrong");
    assert!(notice.text.contains("known to be wrong"), "{}", notice.text);
    assert!(notice.text.contains(&id), "{}", notice.text);
    // It is on the page all the same, among the others.
    let page = app.page("/on/july-20").await;
    assert!(page.text().contains("moon") || page.text().contains("Moon"));
}

#[tokio::test]
async fn text_that_is_withheld_is_on_no_page() {
    let app = TestApp::start().await;
    let words = "Nobody fought for the streets.";
    assert!(
        app.page("/articles/seoul-falls")
            .await
            .text()
            .contains(words)
    );
    let (db, id) = open_case(&app, "seoul-falls", "removal").await;
    assert!(cases_urgent(&db, &id).await);
    hold(&db, &id, HoldKind::Text, true).await;
    let page = app.page("/articles/seoul-falls").await;
    assert!(!page.text().contains(words));
    assert!(page.text().contains("not shown while the editors examine"));
    for past in ["history", "revisions/1", "compare/1..1"] {
        let past = app.get(&format!("/articles/seoul-falls/{past}")).await;
        assert_eq!(past.status, 302);
        assert_eq!(past.header("location"), "/articles/seoul-falls");
    }
    let file = app.get("/articles/seoul-falls.md").await;
    assert_eq!(file.status, 302);
    app.edit(
        "articles/01/04/seoul-falls.md",
        "Nobody fought",
        "Hardly anybody fought",
    );
    app.ingest();
    for revision in [1, 2] {
        let form = format!("/articles/seoul-falls/report?r={revision}&p=1");
        let page = app.page(&form).await;
        let form = page.text();
        assert!(form.contains("Report an error"), "{form}");
        assert!(!form.contains("fought for the streets"), "{revision}");
    }
    hold(&db, &id, HoldKind::Text, false).await;
    assert!(
        app.page("/articles/seoul-falls")
            .await
            .text()
            .contains("Hardly anybody fought for the streets.")
    );
}

async fn cases_urgent(db: &Db, id: &str) -> bool {
    let id = id.to_owned();
    let case = db.read(move |conn| cases::by_id(conn, &id)).await.unwrap();
    case.unwrap().urgent
}

#[tokio::test]
async fn a_picture_that_is_withheld_is_not_sent() {
    let app = TestApp::start().await;
    let slug = app
        .database
        .lines("SELECT slug AS line FROM picture_uses ORDER BY slug LIMIT 1")
        .remove(0);
    let hash = app
        .database
        .lines(&format!(
            "SELECT hash AS line FROM picture_uses WHERE slug = '{slug}' LIMIT 1"
        ))
        .remove(0);
    let width = app
        .database
        .number(&format!("SELECT width FROM pictures WHERE hash = '{hash}'"));
    let address = format!("/media/{hash}.{}.webp", width.min(400));
    assert_eq!(app.get(&address).await.status, 200, "{address}");
    let (db, id) = open_case(&app, &slug, "rights").await;
    hold(&db, &id, HoldKind::Picture, true).await;
    assert_eq!(app.get(&address).await.status, 404);
    let page = app.page(&format!("/articles/{slug}")).await;
    assert!(!page.text().contains(&hash), "{slug}");
    hold(&db, &id, HoldKind::Picture, false).await;
    assert_eq!(app.get(&address).await.status, 200);
}
