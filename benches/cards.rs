//! How long a share card takes: of an article with a map, of one without, of a
//! day, and of titles in other scripts.
//!
//! `cargo bench --bench cards`; the figures stand in `docs/benchmarks.md`.

use criterion::{Criterion, criterion_group, criterion_main};
use daybook::articles::{Face, FaceDate};
use daybook::cards::{Imprint, draw};
use daybook::cartography::{Era, Locator, Marked};

fn cards(criterion: &mut Criterion) {
    let imprint = Imprint {
        name: "Daybook".to_owned(),
        host: "daybook.example".to_owned(),
    };
    let bergen = Marked {
        name: "Bergen".to_owned(),
        lat: 60.39,
        lon: 5.32,
    };
    let map = Locator::new(vec![bergen], Vec::new(), Era::Modern);
    let date = FaceDate::Big {
        month: "January",
        day: "4".to_owned(),
        year: Some("1951".to_owned()),
    };
    let latin = "Chinese and North Korean forces capture Seoul for the second time";
    let titles = [
        ("Latin with a map", latin, map),
        ("Latin", latin, None),
        ("Arabic", "سقوط القسطنطينية في يد العثمانيين", None),
        ("Hangul", "조선인민군과 중국인민지원군의 서울 점령", None),
        ("Han, 300 signs", &"关东大地震".repeat(60), None),
    ];
    for (name, title, map) in titles {
        let face = Face {
            title: title.to_owned(),
            date: date.clone(),
            map,
            ..Face::of_site("Daybook")
        };
        let face = Face {
            kind: daybook::articles::FaceKind::Article,
            ..face
        };
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| draw(&face, &imprint, None));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = cards
}
criterion_main!(benches);
