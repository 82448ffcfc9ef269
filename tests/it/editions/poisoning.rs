//! What one client sends in its headers never shows to another.

use crate::harness::TestApp;

const CANARY: &str = "canary-7f3a";

/// Headers that programs, proxies and frameworks have been known to look at
/// without telling caches.
const UNKEYED: [&str; 60] = [
    "x-forwarded-host",
    "x-forwarded-server",
    "x-forwarded-proto",
    "x-forwarded-scheme",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-for",
    "x-forwarded-path",
    "x-forwarded-ssl",
    "x-forwarded-uri",
    "x-forwarded",
    "forwarded",
    "x-host",
    "x-original-url",
    "x-original-host",
    "x-original-uri",
    "x-rewrite-url",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-remote-ip",
    "x-remote-addr",
    "x-originating-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "fastly-client-ip",
    "x-http-method-override",
    "x-http-method",
    "x-method-override",
    "x-http-host-override",
    "x-backend-host",
    "x-proxy-url",
    "x-wap-profile",
    "x-requested-with",
    "x-frame-options",
    "x-csrf-token",
    "x-api-version",
    "x-amz-website-redirect-location",
    "x-trace-id",
    "x-request-id",
    "x-correlation-id",
    "x-debug",
    "x-cache",
    "x-cache-key",
    "x-varnish",
    "x-url-scheme",
    "x-arr-ssl",
    "front-end-https",
    "origin",
    "referer",
    "user-agent",
    "accept-language",
    "accept-charset",
    "cookie",
    "authorization",
    "from",
    "via",
    "dnt",
    "save-data",
    "te",
];

#[tokio::test]
async fn no_header_of_one_client_reaches_another() {
    let app = TestApp::start().await;
    let paths = [
        "/",
        "/articles/seoul-falls",
        "/on/january-4",
        "/feed.atom",
        "/sitemap.xml",
        "/api/v1/articles/seoul-falls",
        "/nothing-here",
    ];
    for path in paths {
        for header in UNKEYED {
            // A query that no page knows, so that each is asked for anew at first.
            let value = match header {
                "x-forwarded-port" => "31337".to_owned(),
                "cookie" => format!("id={CANARY}"),
                _ => format!("{CANARY}.example"),
            };
            app.get_with(path, header, &value).await;
        }
        let clean = app.get(path).await;
        let headers = format!("{:?}", clean.headers);
        let body = String::from_utf8_lossy(&clean.bytes);
        for canary in [CANARY, "31337"] {
            assert!(!headers.contains(canary), "{path}: {headers}");
            assert!(!body.contains(canary), "{path}");
        }
        assert!(!clean.headers.contains_key("set-cookie"), "{path}");
    }
    // Nor one that comes first, before anything is kept.
    for header in UNKEYED {
        let fresh = TestPath::next();
        app.get_with(&fresh, header, &format!("{CANARY}.example"))
            .await;
        let clean = app.get(&fresh).await;
        assert!(
            !String::from_utf8_lossy(&clean.bytes).contains(CANARY),
            "{header}"
        );
    }
}

/// A day for each header: pages that nobody has asked for before.
struct TestPath;

impl TestPath {
    fn next() -> String {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let months = ["march", "may", "july"];
        format!("/on/{}-{}", months[number % 3], number / 3 + 1)
    }
}
