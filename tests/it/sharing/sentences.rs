//! Links to the sentences of a passage.

use super::{app, bridge};

const TWO: &str = "It was cold. The well-known mayor, with his wife & children, crossed it first[^s]. \
                   It was cold. Nobody fell.\n\n[^s]: A note.";

#[tokio::test]
async fn each_passage_leads_to_links_to_its_sentences() {
    let app = app(&[bridge("", &format!("A first.\n\n{TWO}"))]).await;
    let article = app.page("/articles/bridge").await;
    assert_eq!(
        article.links("#p-2 a.share-passage"),
        ["/articles/bridge/share?p=2"]
    );
    let page = app.page("/articles/bridge/share?p=2").await;
    assert_eq!(page.one("h1").text, "Share this passage");
    assert_eq!(
        page.texts(".quotes__words"),
        [
            "It was cold.",
            "The well-known mayor, with his wife & children, crossed it first.",
            "It was cold.",
            "Nobody fell."
        ]
    );
    let base = app.config().base_url.to_string();
    let base = base.trim_end_matches('/');
    let links: Vec<String> = page
        .all(".quotes input")
        .iter()
        .map(|input| input.attribute("value"))
        .collect();
    let link = |directive: &str| format!("{base}/articles/bridge?r=1#p-2:~:text={directive}");
    assert_eq!(
        links,
        [
            link("It%20was%20cold."),
            link(
                "The%20well%2Dknown%20mayor%2C%20with%20his%20wife%20%26%20children%2C%20\
                 crossed%20it%20first"
            ),
            link("It%20was%20cold.,-Nobody"),
            link("Nobody%20fell."),
            link("It%20was%20cold.%20The%20well%2Dknown,It%20was%20cold.%20Nobody%20fell."),
        ]
        .map(|link| link.replace("                 ", ""))
    );
    assert_eq!(
        page.links(".quotes li:first-child > ul > li:first-child a"),
        [links[0].clone()]
    );
    let mail = &page.links(".quotes ul a[href^=mailto]")[0];
    assert!(
        mail.starts_with("mailto:?subject=Bridge&body=%E2%80%9CIt%20was%20cold.%E2%80%9D%0D%0A")
    );
}

#[tokio::test]
async fn a_number_without_a_passage_leaves_the_page_that_shares_the_article() {
    let app = app(&[bridge("", TWO)]).await;
    let plain = app.page("/articles/bridge/share").await;
    for query in [
        "p=0",
        "p=2",
        "p=-1",
        "p=x",
        "p=",
        "p",
        "p=1&p=2",
        "p=99999999999999999999999",
        "x=1",
    ] {
        let page = app.page(&format!("/articles/bridge/share?{query}")).await;
        assert_eq!(page.bytes, plain.bytes, "{query}");
    }
}

#[tokio::test]
async fn items_tables_and_code_can_be_shared() {
    let app = app(&[bridge(
        "",
        "- An item.\n- Another.\n\n|Year|Name|\n|-|-|\n|1951|Seoul|\n\n```\none line\nlast line\n```\n",
    )])
    .await;
    let of = async |number: usize| -> Vec<String> {
        let page = app
            .page(&format!("/articles/bridge/share?p={number}"))
            .await;
        let links = page.all(".quotes input");
        let after = |link: String| link.split_once(":~:text=").unwrap().1.to_owned();
        links
            .iter()
            .map(|input| after(input.attribute("value")))
            .collect()
    };
    assert_eq!(of(1).await, ["An%20item."]);
    assert_eq!(of(3).await, ["Year,Name", "1951,Seoul", "Year,Seoul"]);
    assert_eq!(
        of(4).await,
        ["one%20line", "last%20line", "one%20line,last%20line"]
    );
    let article = app.page("/articles/bridge").await;
    assert_eq!(
        article.links(".report-line a.share-passage"),
        ["/articles/bridge/share?p=3", "/articles/bridge/share?p=4"]
    );
}

#[tokio::test]
async fn the_page_of_an_old_revision_offers_none() {
    let app = app(&[bridge("", "One."), bridge("", "Two.")]).await;
    let page = app.page("/articles/bridge/revisions/1").await;
    assert!(page.all(".share-passage").is_empty());
    assert_eq!(page.all(".report-passage").len(), 1);
}
